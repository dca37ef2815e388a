// What a reviewer does. Acts go to the server one after another; accepting and rejecting show at once, before it answers.

import { api, Refused } from "./api.js";
import { askConflict } from "./dialogs.js";
import { t } from "./messages.js";
import { fail, say } from "./notices.js";
import { isOpen, places, Reviewed } from "./reviewed.js";
import { store } from "./store.js";

/** @typedef {import("./types.js").Act} Act @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").Span} Span @typedef {import("./types.js").Kind} Kind
 * @typedef {import("./types.js").State} State */

/** @type {Promise<unknown>} the acts that are on their way */
let queue = Promise.resolve();

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
function inTurn(work) {
  const result = queue.then(work);
  queue = result.catch(() => undefined);
  return result;
}

/** When every act so far has been answered. */
export const settled = () => queue;

/** Opens a document, or shows the one that is open anew. @param {string} id */
export async function openDocument(id) {
  await guarded(async () => {
    const same = store.doc?.id === id;
    store.open(new Reviewed(await api.document(id)), same);
    location.hash = encodeURIComponent(id);
  });
}

export async function listDocuments() {
  await guarded(async () => {
    store.documents = await api.documents();
    store.emit("documents");
  });
}

/** Runs what talks to the server and says in words what went wrong. @param {() => Promise<void>} work */
async function guarded(work) {
  try {
    await work();
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}

/** @param {Act[]} list @param {boolean} [again] whether a conflict was already decided for these acts */
function post(list, again = false) {
  const { doc } = store;
  if (!doc) return Promise.resolve(false);
  return inTurn(() => guarded(() => sent(doc, () => api.act(doc.id, doc.version, list)))
    .catch((error) => clashed(error, doc, list, again)));
}

/** @param {Reviewed} doc @param {() => Promise<Change>} call */
async function sent(doc, call) {
  const before = doc.version;
  let change;
  try {
    change = await call();
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error;
    await refresh(doc);
    throw error.clashes.length ? new Clashed(error) : error;
  }
  const kinds = doc.apply(change);
  if (doc !== store.doc) return;
  if (change.record_changed || change.version > before + 1) await refresh(doc);
  else store.emit("facts", kinds);
  tally();
}

class Clashed extends Error {
  /** @param {Refused} refused */
  constructor(refused) {
    super("conflict");
    this.clashes = refused.clashes;
  }
}

/** @param {unknown} error @param {Reviewed} doc @param {Act[]} list @param {boolean} again */
async function clashed(error, doc, list, again) {
  if (!(error instanceof Clashed) || again) throw error;
  const mine = await askConflict(error.clashes);
  if (mine) post(list, true);
  return false;
}

/** @param {Reviewed} doc */
async function refresh(doc) {
  if (doc !== store.doc) return;
  const wire = await api.document(doc.id).catch(() => null);
  if (!wire || doc !== store.doc) return;
  store.open(new Reviewed(wire), true);
  tally();
}

/** Keeps the list of documents in step without asking for it again. */
function tally() {
  const listed = store.documents.find((one) => one.id === store.doc?.id);
  if (!listed || !store.doc) return;
  listed.decided = store.doc.items.length - store.left;
  if (listed.state === "untouched") listed.state = "working";
  if (store.doc.state === "untouched") store.doc.state = "working";
  store.emit("documents");
}

/** Decides about the fact in hand and goes on to the next open one. @param {"accept"|"reject"} act @param {State} state */
function decide(act, state) {
  const { doc, current } = store;
  const before = doc?.item(current)?.status.state;
  if (!doc || !current || !before) return;
  const next = nextOpen(current);
  const kinds = doc.foresee(current, state);
  store.current = next;
  store.mention = null;
  store.emit("facts", kinds);
  store.emit("current");
  post([{ act, fact: current }]).then((done) => {
    if (done || doc !== store.doc) return;
    store.emit("facts", doc.foresee(current, before));
  });
}

/** @param {string} after @returns {string|null} */
function nextOpen(after) {
  const all = store.passing;
  const at = all.findIndex((item) => item.id === after);
  const rest = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
  return rest.find(isOpen)?.id ?? rest[0]?.id ?? after;
}

/** @param {"undo"|"redo"} way */
function step(way) {
  const { doc } = store;
  if (!doc) return;
  inTurn(() => guarded(async () => {
    if (way === "undo" ? !doc.canUndo : !doc.canRedo) return say(t(way === "undo" ? "undo.none" : "redo.none"));
    await sent(doc, () => api.step(doc.id, way, doc.version));
    say(t(way === "undo" ? "undone" : "redone"));
  }));
}

export const acts = {
  accept: () => decide("accept", "accepted"),
  reject: () => decide("reject", "rejected"),
  undo: () => step("undo"),
  redo: () => step("redo"),
  reopen: () => store.current && post([{ act: "reopen", fact: store.current }]),

  /** @param {string[]} facts */
  acceptAll: (facts) => post([{ act: "accept_all", facts }]),

  /** @param {string} fact @param {Record<string, any>} fields */
  edit: (fact, fields) => post([{ act: "edit", fact, fields }]),

  /** @param {Span[]} spans */
  resize(spans) {
    const item = store.doc?.item(store.current);
    const place = item && (places(item)[store.mention ?? 0] ?? places(item)[0]);
    if (item && place) post([{ act: "resize", fact: item.id, mention: place.mention, spans }]);
  },

  /** One more or less character at an end of the fact in hand. @param {"start"|"end"} edge @param {number} by */
  nudge(edge, by) {
    inTurn(async () => {
      const item = store.doc?.item(store.current);
      const place = item && (places(item)[store.mention ?? 0] ?? places(item)[0]);
      if (!place) return;
      const spans = store.flow.move(place.spans, edge, by);
      if (String(spans) === String(place.spans)) say(t("resize.none"));
      else acts.resize(spans);
    });
  },

  /** What is marked in the text becomes a fact. @param {Kind} kind */
  async add(kind) {
    if (!store.mark || !store.doc) return say(t("mark.first"));
    const known = new Set(store.doc.items.map((item) => item.id));
    const done = await post([{ act: "add", kind, spans: store.mark, fields: {} }]);
    const added = done && store.doc.items.find((item) => !known.has(item.id));
    if (!added) return;
    getSelection()?.removeAllRanges();
    store.marked(null);
    store.select(added.id);
  },

  /** @param {string} into @param {string[]} facts */
  async merge(into, facts) {
    if (await post([{ act: "merge", into, facts }])) store.select(into);
  },

  /** @param {string} fact @param {number[]} mentions */
  split: (fact, mentions) => post([{ act: "split", fact, mentions, name: null }]),

  /** @param {Record<string, string[]>} decision */
  layout: (decision) => post([{ act: "layout", ...decision }]),

  done: () => inTurn(() => guarded(async () => {
    const { doc } = store;
    if (!doc) return;
    const state = doc.state === "done" ? "working" : "done";
    doc.version = (await api.state(doc.id, state)).version ?? doc.version;
    doc.state = state;
    store.emit("document.state");
    await listDocuments();
    say(t(state === "done" ? "state.is.done" : "state.is.working"));
  })),

  gold: () => inTurn(() => guarded(async () => {
    const { doc } = store;
    if (doc) say(t("gold.written", { path: (await api.gold(doc.id)).path }));
  })),
};

/** Looks whether somebody else changed the document. */
export async function poll() {
  const { doc } = store;
  if (!doc || document.hidden) return;
  const news = await api.changes(doc.id, doc.version).catch(() => null);
  if (!news || doc !== store.doc || news.version <= doc.version) return;
  await inTurn(() => (news.version > doc.version ? refresh(doc) : Promise.resolve()));
  const others = news.by.filter((name) => name !== store.reviewer);
  if (others.length) say(t("changed.by", { by: others.join("、") }));
}
