// What this browser remembers of its user: language, theme, keys, how the page was laid out.

const PREFIX = "parkfacts.";

export const prefs = {
  /** @param {string} name @param {string} otherwise */
  get(name, otherwise) {
    try {
      return localStorage.getItem(PREFIX + name) ?? otherwise;
    } catch {
      return otherwise; // a browser that keeps nothing still reviews
    }
  },

  /** @param {string} name @param {string} value */
  set(name, value) {
    try {
      localStorage.setItem(PREFIX + name, value);
    } catch {
      console.warn(`this browser does not keep ${name}`);
    }
  },
};

/** @param {string} theme auto, light or dark */
export function wear(theme) {
  prefs.set("theme", theme);
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
