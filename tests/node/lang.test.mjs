// Which language an element speaks.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { LANGUAGES, directionOf, loadLanguage } from "../../src/js/lang/index.js";

test("an unknown language falls back to English, a region to its language", async () => {
  for (const tag of ["en", "EN-gb", "tlh", "", "__proto__", "constructor", "-"]) {
    const language = await loadLanguage(tag);
    assert.deepEqual([language.tag, language.direction, language.text("busy")], ["en", "ltr", undefined], tag);
  }
});

test("days, numbers, plurals and lists are those of the language and its region", async () => {
  const said = async (/** @type {string} */ tag) => {
    const language = await loadLanguage(tag);
    return [language.day(20_587), language.number(1234), language.plural(1), language.list(["a", "b", "c"])];
  };
  assert.deepEqual(await said("en"), ["14 May 2026", "1,234", "one", "a, b and c"]);
  assert.deepEqual(await said("en-US"), ["May 14, 2026", "1,234", "one", "a, b, and c"]);
  const language = await loadLanguage("en");
  for (const days of [2 ** 31 - 1, -(2 ** 31)]) assert.ok(language.day(days), "no day makes it throw");
});

test("direction follows the language and the script", () => {
  const table = [["ar", "rtl"], ["he-IL", "rtl"], ["fa", "rtl"], ["ur-PK", "rtl"], ["uz-Arab", "rtl"], ["de", "ltr"], ["arn", "ltr"]];
  for (const [tag, direction] of table) assert.equal(directionOf(tag), direction, tag);
});

test("every language file is in the table, and every line of the table loads texts only", async () => {
  assert.deepEqual([...LANGUAGES.keys()].sort(), FILES);
  for (const [tag, load] of LANGUAGES) {
    const { messages } = await load();
    for (const [id, text] of Object.entries(messages)) assert.equal(typeof text, "string", `${tag}: ${id}`);
  }
});

test("every language says all that English says, and nothing else", async (t) => {
  const english = englishTexts();
  assert.ok(english.size > 400, "the tables were found");
  const ids = new Set([...english.keys()].map(plain));
  for (const tag of FILES) {
    await t.test(tag, async () => {
      const own = new Set(Object.keys(await messagesOf(tag)));
      assert.deepEqual([...ids].filter((id) => !own.has(id)), [], "lacking");
      assert.deepEqual([...own].filter((id) => !ids.has(plain(id))), [], "of no use");
    });
  }
});

test("every text has the places for values that the English one has", async () => {
  const english = englishTexts();
  for (const tag of FILES) {
    for (const [id, text] of Object.entries(await messagesOf(tag))) {
      assert.ok(text.trim() === text && text, `${tag}: ${id}`);
      assert.doesNotMatch(text.replace(PLACE, ""), /[{}]/, `${tag}: ${id}`);
      const places = placesOf(english.get(id) ?? english.get(plain(id)) ?? "");
      const found = placesOf(text);
      // "One thing", "two things": a language may have a word for the number.
      if (/#(?:zero|one|two)$/.test(id)) [places, found].forEach((set) => set.delete("{count}"));
      assert.deepEqual(found, places, `${tag}: ${id}`);
    }
  }
});

test("the forms of a counted text are the language's own, and all of them where one thing alone is not enough", async () => {
  const english = englishTexts();
  for (const tag of FILES) {
    const rules = new Intl.PluralRules(tag);
    const texts = await messagesOf(tag);
    // What there is nothing of is not counted.
    const chosen = new Set(Array.from({ length: 1000 }, (_, at) => rules.select(at + 1)));
    // The text without a form stands for the rest: for "other", or for "many" where no whole number is "other".
    const rest = chosen.has("other") ? "other" : "many";
    const needed = [...chosen].filter((category) => category !== rest);
    for (const id of Object.keys(texts).filter((id) => id.includes("#"))) {
      const base = plain(id);
      assert.match(english.get(base) ?? "", /\{count\}/, `${tag}: ${id} is not counted`);
      assert.ok(rules.resolvedOptions().pluralCategories.some((category) => id === `${base}#${category}`), `${tag}: ${id}`);
      // Words beside a number, "Parts: 2", are one or many in any language.
      if (id.endsWith("#one")) continue;
      for (const category of needed) assert.ok(Object.hasOwn(texts, `${base}#${category}`), `${tag}: ${base}#${category}`);
    }
  }
});

/** The texts of a language's file. @param {string} tag @returns {Promise<Record<string, string>>} */
async function messagesOf(tag) {
  return (await import(`../../src/js/lang/${tag}.js`)).messages;
}

/** What English says, out of the tables of the core, by the ids of a language's file. @returns {Map<string, string>} */
function englishTexts() {
  const texts = new Map();
  for (const [, id, text] of rowsOf("english")) texts.set(id, text);
  const reasons = rowsOf("reason");
  const shared = reasons.filter(([kind]) => kind === "");
  for (const [, name, text] of shared) texts.set(`remedy.${name}`, text);
  for (const [kind, id, sentence, remedy] of reasons) {
    if (kind === "") continue;
    texts.set(`reason.${id}`, sentence);
    if (remedy) texts.set(`remedy.${id}`, remedy);
  }
  return texts;
}

/**
 * The rows of a module's tables: kind, id, and texts; a remedy that is only named is none of the row's own.
 * @param {string} module
 * @returns {string[][]}
 */
function rowsOf(module) {
  const parts = new URL(`${module}/`, SOURCES);
  const files = existsSync(parts) ? readdirSync(parts).map((name) => `${module}/${name}`) : [];
  const source = [`${module}.rs`, ...files].map((file) => readFileSync(new URL(file, SOURCES), "utf8")).join("\n");
  return [...source.matchAll(ROW)].map(([, kind, ...texts]) => [kind, ...texts.map((text) => JSON.parse(text ?? '""'))]);
}

/** @param {string} id @returns {string} the id without its form */
function plain(id) {
  return id.replace(/#.*/, "");
}

/** @param {string} text */
function placesOf(text) {
  return new Set(text.match(PLACE));
}

const SOURCES = new URL("../../src/", import.meta.url);

const PLACE = /\{[a-z_-]+\}/g;

/** `kind("id", "text")`, with a third text or a name after it. */
const ROW = /(\w*)\(\s*("[\w.#-]+"),\s*("(?:[^"\\]|\\.)*")(?:,\s*(?:("(?:[^"\\]|\\.)*")|\w+))?,?\s*\)/g;

/** The tags that have a file. */
const FILES = readdirSync(new URL("js/lang", SOURCES))
  .map((name) => name.replace(/\.js$/, ""))
  .filter((name) => name !== "index" && name !== "language")
  .sort();

test("our pages offer every language there is", () => {
  for (const page of ["embed", "states"]) {
    const html = readFileSync(new URL(`../../www/${page}.html`, import.meta.url), "utf8");
    const select = html.match(/<select id="lang">([^]*?)<\/select>/)?.[1] ?? "";
    const offered = [...select.matchAll(/value="([a-z]+)"/g)].map(([, tag]) => tag).sort();
    assert.deepEqual(offered, ["en", ...LANGUAGES.keys()].sort(), page);
  }
});
