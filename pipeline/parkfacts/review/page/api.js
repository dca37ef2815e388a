// Every word with the server, and what goes wrong there in words.

/** @typedef {import("./types.js").Act} Act @typedef {import("./types.js").Clash} Clash
 * @typedef {import("./types.js").FieldError} FieldError */

/** What the server refused: ``status`` 0 when it can't be reached. */
export class Refused extends Error {
  /** @param {number} status @param {any} body */
  constructor(status, body) {
    super(`HTTP ${status}`);
    this.status = status;
    this.body = body ?? {};
  }

  /** @returns {FieldError[]} */
  get errors() {
    return Array.isArray(this.body.errors) ? this.body.errors : [];
  }

  /** @returns {Clash[]} */
  get clashes() {
    return Array.isArray(this.body.conflict) ? this.body.conflict : [];
  }

  /** What it said, in a language, if it said anything. @param {"zh"|"en"} language @returns {string} */
  said(language) {
    const told = this.body.message ?? this.errors[0]?.message ?? this.body.detail ?? this.body.error;
    return typeof told === "string" ? told : (told?.[language] ?? "");
  }
}

/** @param {string} method @param {string} path @param {any} [body] @returns {Promise<any>} */
async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`/api/${path}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, null);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer === null) throw new Refused(response.status, answer);
  return answer;
}

/** @param {string} id */
const at = (id) => `documents/${encodeURIComponent(id)}`;

export const api = {
  session: () => call("GET", "session"),
  /** @param {string} reviewer */
  rename: (reviewer) => call("PUT", "session", { reviewer }),
  /** @returns {Promise<import("./types.js").Listed[]>} */
  documents: () => call("GET", "documents"),
  /** @param {string} id @returns {Promise<import("./types.js").Wire>} */
  document: (id) => call("GET", at(id)),
  /** @param {string} id @param {number} since @returns {Promise<{version: number, by: string[]}>} */
  changes: (id, since) => call("GET", `${at(id)}/changes?since=${since}`),
  /** @param {string} id @param {number} base @param {Act[]} acts @returns {Promise<import("./types.js").Change>} */
  act: (id, base, acts) => call("POST", `${at(id)}/acts`, { base, acts }),
  /** @param {string} id @param {Act[]} acts @returns {Promise<{errors: FieldError[]}>} */
  check: (id, acts) => call("POST", `${at(id)}/check`, { acts }),
  /** @param {string} id @param {"undo"|"redo"} way @param {number} base @returns {Promise<import("./types.js").Change>} */
  step: (id, way, base) => call("POST", `${at(id)}/${way}`, { base }),
  /** @param {string} id @param {"done"|"working"} state */
  state: (id, state) => call("POST", `${at(id)}/state`, { state }),
  /** @param {string} id @returns {Promise<{path: string}>} */
  gold: (id) => call("POST", `${at(id)}/gold`, {}),
};
