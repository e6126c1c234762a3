// Which language an element speaks.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
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
  const files = readdirSync(new URL("../../src/js/lang", import.meta.url)).map((name) => name.replace(/\.js$/, ""));
  assert.deepEqual([...LANGUAGES.keys()].sort(), files.filter((tag) => tag !== "index" && tag !== "language").sort());
  for (const [tag, load] of LANGUAGES) {
    const { messages } = await load();
    for (const [id, text] of Object.entries(messages)) assert.equal(typeof text, "string", `${tag}: ${id}`);
  }
});
