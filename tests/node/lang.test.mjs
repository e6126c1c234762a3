// Which language an element speaks.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { LANGUAGES, directionOf, loadLanguage } from "../../src/js/lang/index.js";

test("an unknown language falls back to English, a region to its language", async () => {
  for (const tag of ["en", "EN-gb", "tlh", "", "__proto__", "constructor", "-"]) {
    assert.deepEqual(await loadLanguage(tag), { tag: "en", direction: "ltr", messages: null }, tag);
  }
});

test("direction follows the language and the script", () => {
  const table = [["ar", "rtl"], ["he-IL", "rtl"], ["fa", "rtl"], ["ur-PK", "rtl"], ["uz-Arab", "rtl"], ["de", "ltr"], ["arn", "ltr"]];
  for (const [tag, direction] of table) assert.equal(directionOf(tag), direction, tag);
});

test("every language file is in the table, and every line of the table loads texts only", async () => {
  const files = readdirSync(new URL("../../src/js/lang", import.meta.url)).map((name) => name.replace(/\.js$/, ""));
  assert.deepEqual([...LANGUAGES.keys()].filter((tag) => tag !== "en").sort(), files.filter((tag) => tag !== "index").sort());
  for (const [tag, load] of LANGUAGES) {
    const { messages } = await load();
    if (messages === null) continue;
    for (const [id, text] of Object.entries(messages)) assert.equal(typeof text, "string", `${tag}: ${id}`);
  }
});
