// The page that lists what the verifier knows: all of it, each with its link, and nothing asked of anybody else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { about } from "../../pkg/index.js";
import { openPage, serveSite } from "./driver.mjs";

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 1280, height: 900 });
});

after(async () => {
  await page?.close();
  await site?.close();
});

async function open() {
  await page.goto("about:blank");
  await page.requests();
  await page.consoleErrors();
  await page.goto(`${site.address}about.html`);
  await page.until(() => document.querySelector("#reasons") !== null);
}

test("every entry of every table stands on the page, with its sentence and its link", async () => {
  await open();
  const known = await about();
  const shown = await page.exec(() => [...document.querySelectorAll("#sections > section")].map((section) => ({
    id: section.id,
    entries: [...section.querySelectorAll("dl > div")].map((entry) => ({
      text: entry.textContent,
      link: entry.querySelector("a")?.getAttribute("href") ?? "",
    })),
  })));
  assert.deepEqual(shown.map(({ id }) => id), [...known.sections.map(({ id }) => id), "reasons"]);
  for (const [index, { id, entries }] of known.sections.entries()) {
    assert.equal(shown[index].entries.length, entries.length, id);
    for (const [place, entry] of entries.entries()) {
      const { text, link } = shown[index].entries[place];
      assert.ok(text.includes(entry.id) && text.includes(entry.title) && text.includes(entry.meaning), text);
      assert.ok(entry.meaning.length > 10 && link === entry.spec && link.startsWith("https://"), entry.id);
      assert.equal(text.includes("older"), entry.legacy === "yes", entry.id);
      assert.equal(text.includes("loaded later"), entry.part !== "common", entry.id);
    }
  }
  assert.equal(shown.at(-1).entries.length, known.reasons.length);
  assert.ok(known.sections.flatMap(({ entries }) => entries).length > 60);
});

test("it asks its own host alone, for the script and one small module, and keeps its policy", async () => {
  await open();
  const asked = await page.requests();
  assert.ok(asked.every((address) => address.startsWith(site.address)), asked.join(" "));
  const modules = asked.filter((address) => address.endsWith(".wasm"));
  assert.deepEqual(modules.map((address) => address.slice(site.address.length)), ["pkg/about_bg.wasm"]);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("it fits 320 pixels, light, dark and from the right", async () => {
  for (const direction of ["ltr", "rtl"]) {
    for (const dark of [false, true]) {
      await page.setMedia({ "prefers-color-scheme": dark ? "dark" : "light" });
      await page.setViewport(320, 640);
      await open();
      await page.exec((direction) => { document.documentElement.dir = direction; }, direction);
      const [wide, box] = await page.exec(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= box, `${direction} ${dark}: ${wide} in ${box}`);
    }
  }
});

test("the front page leads to it", async () => {
  await page.goto(site.address);
  assert.ok(await page.exec(() => document.querySelector('nav a[href="about.html"]') !== null));
});
