/**
 * The languages the card speaks. English is built into the core; every other one is a file beside this one that exports
 * `messages`, loaded when an element asks for it. A new language is one file and one line in `LANGUAGES`.
 */

import { Language } from "./language.js";

/** @typedef {import("./language.js").Messages} Messages */

/** @type {ReadonlyMap<string, () => Promise<{messages: Messages}>>} */
export const LANGUAGES = new Map([
  ["ar", () => import("./ar.js")],
  ["de", () => import("./de.js")],
  ["es", () => import("./es.js")],
  ["fr", () => import("./fr.js")],
  ["ja", () => import("./ja.js")],
  ["nl", () => import("./nl.js")],
  ["pt", () => import("./pt.js")],
]);

/**
 * The tag of the closest `lang` attribute, the element's own first, through shadow roots; "en" where there is none.
 * @param {Element} element
 * @returns {string}
 */
export function closestTag(element) {
  /** @type {Element | null} */
  let scope = element;
  while (scope) {
    const holder = /** @type {Element | null} */ (scope.closest("[lang]"));
    if (holder) return holder.getAttribute("lang") || ENGLISH;
    const root = scope.getRootNode();
    scope = root instanceof ShadowRoot ? root.host : null;
  }
  return ENGLISH;
}

/**
 * The best language there is for a tag: the tag itself, then the tag cut from its end, then English.
 * A file that does not load gives English too: a card in the wrong language beats no card.
 * @param {string} tag a BCP 47 language tag
 * @returns {Promise<Language>}
 */
export function loadLanguage(tag) {
  const known = languages.get(tag);
  if (known) return known;
  const language = load(tag);
  if (languages.size < LANGUAGES_MAX) languages.set(tag, language);
  return language;
}

/**
 * @param {string} tag
 * @returns {Promise<Language>}
 */
async function load(tag) {
  for (let known = tag.toLowerCase(); known; known = known.slice(0, Math.max(known.lastIndexOf("-"), 0))) {
    const file = LANGUAGES.get(known);
    if (!file) continue;
    try {
      return new Language(known, tag, directionOf(known), (await file()).messages);
    } catch {
      // The next element asks for it again.
      languages.delete(tag);
      break;
    }
  }
  // Days and numbers as the region has them, where the region speaks English.
  return new Language(ENGLISH, /^en\b/i.test(tag) ? tag : ENGLISH, "ltr", {});
}

/**
 * @param {string} tag
 * @returns {"ltr" | "rtl"}
 */
export function directionOf(tag) {
  return RIGHT_TO_LEFT.test(tag) ? "rtl" : "ltr";
}

/**
 * What was loaded stays: its formatters are dear, and a page has thousands of elements in a handful of languages.
 * @type {Map<string, Promise<Language>>}
 */
const languages = new Map();
const LANGUAGES_MAX = 64;

export const ENGLISH = "en";

/** Languages written from the right, and any language in one of the scripts that are. */
const RIGHT_TO_LEFT = /^(?:ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)(?:-|$)|-(?:adlm|arab|hebr|nkoo|rohg|syrc|thaa)(?:-|$)/i;
