// What goes over the wire (see the schema of the record), and what the page makes of it. Types only: no code.

/**
 * @typedef {[number, number]} Span  code points [start, end) of the text
 * @typedef {"dates"|"amounts"|"companies"|"organizations"|"projects"|"milestones"} Kind
 * @typedef {{text: string, spans: Span[], also?: Span[][]}} Evidence
 * @typedef {{id: string, rule?: string, score?: number|null, [field: string]: any}} Fact
 * @typedef {"open"|"accepted"|"edited"|"added"|"rejected"|"merged"} State
 * @typedef {{kind: Kind, state: State, version: number, by: string|null, at: string|null, rule: string|null,
 *   score: number|null, findings: number[], no_evidence: boolean}} FactState
 * @typedef {{id: string, kind: string, start: number, end: number, status: string, duplicate_of: string|null,
 *   continues: string|null, reason: string|null}} Block
 * @typedef {{from: string, to: string, left: string, right: string, score: number|null,
 *   votes: Record<string, number>}} Join
 * @typedef {{blocks: Block[], joins: Join[], suggested: Join[], open: {id: string, left: string}[],
 *   reading_order: string[]|null}} Layout
 * @typedef {{kind: string, message: string, facts: string[], evidence: Evidence[]}} Finding
 * @typedef {{text: string, spans: Span[], sentence: string, why: string|null}} Unclaimed
 * @typedef {{layout: Layout, findings: Finding[], unclaimed: Unclaimed[], warnings: {message: string, spans: Span[]}[],
 *   document: {title: string|null, park: {name: string}|null}} & Record<Kind, Fact[]>} Report
 * @typedef {{id: string, name: string, version: number, state: string, text: string, record: Report,
 *   facts: Record<string, FactState>, rejected: {kind: Kind, fact: Fact}[], unplaced: {event: any, why: string}[],
 *   can_undo: boolean, can_redo: boolean}} Wire
 * @typedef {{id: string, name: string, title: string|null, park: string|null, state: string, warnings: number,
 *   findings: number, facts: number, decided: number, chars: number, error: string|null}} Listed
 * @typedef {{act: string, [field: string]: any}} Act
 * @typedef {{version: number, changed: Partial<Record<Kind, Fact[]>>, removed: string[],
 *   facts: Record<string, FactState>, record_changed: boolean, can_undo: boolean, can_redo: boolean}} Change
 * @typedef {{act: number, field: string|null, message: {zh: string, en: string}}} FieldError
 * @typedef {{fact: string, field: string|null, yours: any, theirs: any, by: string, at: string}} Clash
 * @typedef {{id: string, kind: Kind, fact: Fact, status: FactState, start: number}} Item
 * @typedef {{spans: Span[], also: Span[][], mention: number|null}} Place  where a fact stands in the text
 */

export {};
