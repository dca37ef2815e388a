// The fields of each kind of fact that a reviewer can edit, as data; a test holds them to the schema of the record.

const DIMENSIONS = [
  "money", "area", "length", "mass", "volume", "energy", "power", "count", "percent", "percentage_point", "ratio", "other",
];
const ORGANIZATIONS = [
  "government", "park", "town", "university", "institute", "association", "media", "platform", "exchange", "facility",
  "hospital", "other",
];
export const MILESTONES = [
  "groundbreaking", "completion", "production", "signing", "establishment", "approval", "recognition", "unveiling",
  "listing", "launch", "land", "target", "other",
];
export const ROLES = ["investor", "tenant", "listed", "certified", "partner", "customer"];

/** What no form shows: evidence is moved in the text, names follow from the mentions, the rest says how a fact was made. */
export const ELSEWHERE = new Set([
  "id", "rule", "score", "text", "spans", "also", "description", "restated", "mentions", "aliases", "reasons", "ledger",
]);

/** ``type``: text, day, decimal, flag, words (several), choice (of ``values``), form (of the fact's own names), ref and
 * refs (facts of a kind), dated (facts of a kind by ``values``), roles, detail and details (names with their evidence). ``empty`` says that it may be left out.
 * @typedef {{name: string, type: string, values?: string[], of?: import("./types.js").Kind, empty?: boolean}} Field */

/** @type {Record<import("./types.js").Kind, Field[]>} */
export const FIELDS = {
  dates: [
    { name: "kind", type: "choice", values: ["date", "range", "duration", "set"] },
    { name: "start", type: "day", empty: true },
    { name: "end", type: "day", empty: true },
    { name: "edtf", type: "text", empty: true },
    { name: "precision", type: "choice", empty: true,
      values: ["day", "ten-days", "month", "quarter", "half", "year", "plan", "decade", "century"] },
    { name: "mod", type: "choice", empty: true, values: ["before", "on_or_before", "after", "on_or_after"] },
    { name: "approximate", type: "flag" },
    { name: "duration", type: "text", empty: true },
    { name: "duration_high", type: "text", empty: true },
    { name: "business_days", type: "flag" },
    { name: "implied", type: "words" },
  ],
  amounts: [
    { name: "value", type: "decimal", empty: true },
    { name: "unit", type: "text", empty: true },
    { name: "dimension", type: "choice", values: DIMENSIONS },
    { name: "bound", type: "choice", values: ["exact", "about", "over", "under", "range"] },
    { name: "low", type: "decimal", empty: true },
    { name: "high", type: "decimal", empty: true },
    { name: "indicator", type: "words", empty: true },
    { name: "indicator_id", type: "text", empty: true },
    { name: "subject", type: "text", empty: true },
    { name: "as_of", type: "ref", of: "dates", empty: true },
    { name: "base", type: "ref", of: "dates", empty: true },
    { name: "change", type: "choice", values: ["up", "down"], empty: true },
    { name: "per", type: "text", empty: true },
    { name: "modality", type: "choice", values: ["actual", "planned"] },
  ],
  companies: [
    { name: "name", type: "form" },
    { name: "roles", type: "roles" },
  ],
  organizations: [
    { name: "name", type: "form" },
    { name: "type", type: "choice", values: ORGANIZATIONS },
  ],
  projects: [
    { name: "name", type: "form" },
    { name: "companies", type: "refs", of: "companies" },
    { name: "investment", type: "ref", of: "amounts", empty: true },
    { name: "area", type: "ref", of: "amounts", empty: true },
    { name: "milestones", type: "refs", of: "milestones" },
    { name: "dates", type: "dated", values: MILESTONES, of: "dates" },
  ],
  milestones: [
    { name: "type", type: "choice", values: MILESTONES },
    { name: "status", type: "choice", values: ["achieved", "ongoing", "planned"] },
    { name: "date", type: "ref", of: "dates", empty: true },
    { name: "actor", type: "text", empty: true },
    { name: "companies", type: "refs", of: "companies" },
    { name: "amounts", type: "refs", of: "amounts" },
    { name: "level", type: "choice", values: ["国家级", "省级", "市级", "县级"], empty: true },
    { name: "implied", type: "words" },
    { name: "place", type: "detail", empty: true },
    { name: "counterpart", type: "details" },
    { name: "board", type: "detail", empty: true },
  ],
};

/** The fields of a fact: those above, and words that the record has and this list does not know.
 * @param {import("./types.js").Item} item @returns {Field[]} */
export function fieldsOf({ kind, fact }) {
  const told = FIELDS[kind];
  const known = new Set([...ELSEWHERE, ...told.map((field) => field.name)]);
  if (kind !== "companies") known.add("roles");
  const more = Object.keys(fact).filter((name) => !known.has(name) && (fact[name] === null || typeof fact[name] === "string"));
  return [...told, ...more.map((name) => ({ name, type: "text", empty: true }))];
}
