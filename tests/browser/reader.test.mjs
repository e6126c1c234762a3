// What a reader does with a card that stands there: another language, a report to copy, a review that is ended.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openPage, serveSite } from "./driver.mjs";
import { CARDS, NOW, OWN, mount, openBare, settled, text } from "./states.mjs";

const RICH = CARDS.slice(0, 1);
const LANGUAGES = {
  name: "languages",
  headline: "verified",
  properties: { credential: text("own/names-in-languages.json"), resources: OWN, now: NOW },
};

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 700, height: 900 });
  await openBare(page, site);
});

after(async () => {
  await page?.close();
  await site?.close();
});

/** Sets an attribute of the only element. @param {string} name @param {string} value */
const set = (name, value) => page.exec((name, value) => document.querySelector("verify-credential").setAttribute(name, value), name, value);

/** @param {string} action */
const press = (action) => page.exec((action) => document.querySelector("verify-credential").shadowRoot.querySelector(`[data-action="${action}"]`).click(), action);

test("the credential's own texts come in the reader's language, in every view", async () => {
  for (const view of ["card", "badge"]) {
    await mount(page, [LANGUAGES], { view });
    for (const [lang, title, tag] of [["de-CH", "Schweißen unter Wasser", "de"], ["ja", "水中溶接", "ja"], ["fr", "Welding under water", "en"], ["ar", "اللحام تحت الماء", "ar"]]) {
      await set("lang", lang);
      await page.until((title) => document.querySelector("verify-credential").shadowRoot.querySelector("[part=title]").textContent === title, [title]);
      const shown = await page.exec(() => document.querySelector("verify-credential").shadowRoot.querySelector("[part=title] bdi").lang);
      assert.equal(shown, tag, view);
    }
    const told = await page.exec(() => document.querySelector("verify-credential").report.credential.subjects[0].achievements[0].name);
    assert.equal(told, "Welding under water", "programs get the same text, whoever reads");
  }
});

test("of two languages asked for the last one counts, whichever is there first", async () => {
  await mount(page, RICH);
  await set("lang", "nl");
  await set("lang", "en");
  await settled(page);
  await page.until(() => document.querySelector("verify-credential").shadowRoot.querySelector("[part=root]").lang === "en");
});

test("the report is copied, or the card says that it was not, also where there is no clipboard", async () => {
  await mount(page, RICH, { view: "full" });
  const said = () => page.exec(() => document.querySelector("verify-credential").shadowRoot.querySelector("[part=technical] [role=status]").textContent);
  assert.equal(await said(), "");
  await page.exec(() => {
    globalThis.copied = [];
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (text) => void globalThis.copied.push(text) } });
  });
  await press("copy");
  await page.until(() => globalThis.copied.length === 1);
  assert.equal(await page.exec(() => JSON.parse(globalThis.copied[0]).headline), "verified");
  await page.until(() => document.querySelector("verify-credential").shadowRoot.querySelector("[part=technical] [role=status]").textContent !== "");
  const done = await said();
  await mount(page, RICH, { view: "full" });
  await page.exec(() => {
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: undefined });
  });
  await press("copy");
  await page.until(() => document.querySelector("verify-credential").shadowRoot.querySelector("[part=technical] [role=status]").textContent !== "");
  assert.notEqual(await said(), done);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("a review without bias begins and ends as the page and the reader want, from any view", async () => {
  // A page on which nothing was drawn yet but the row.
  await openBare(page, site);
  await mount(page, RICH, { view: "badge" });
  await page.exec(() => {
    globalThis.ended = 0;
    addEventListener("credential-unblinded", () => { globalThis.ended += 1; });
  });
  const names = () => page.exec(() => document.querySelector("verify-credential").shadowRoot.textContent.includes("Test Issuer"));
  assert.equal(await names(), true);
  await set("blind", "issuer");
  await page.until(() => document.querySelector("verify-credential").shadowRoot.querySelector(".badge") &&
    !document.querySelector("verify-credential").shadowRoot.textContent.includes("Test Issuer"));
  assert.equal(await page.exec(() => JSON.stringify(document.querySelector("verify-credential").report).includes("Test Issuer")), false);
  await set("view", "card");
  await settled(page);
  assert.equal(await names(), false);
  await press("unblind");
  await page.until(() => document.querySelector("verify-credential").shadowRoot.textContent.includes("Test Issuer"));
  assert.equal(await page.exec(() => globalThis.ended), 1);
});

test("a page gets the same report object as long as the report is the same", async () => {
  for (const blind of ["none", "holder"]) {
    await mount(page, RICH, { blind });
    assert.equal(await page.exec(() => {
      const element = document.querySelector("verify-credential");
      return element.report === element.report;
    }), true, blind);
  }
});

test("each check leads to what asks for it, and says so of itself", async () => {
  await mount(page, RICH, { view: "full" });
  const links = await page.exec(() => [...document.querySelector("verify-credential").shadowRoot.querySelectorAll(".check")].map((check) => {
    const link = check.querySelector(".spec a");
    return [check.dataset.check, link?.href, link?.textContent];
  }));
  assert.ok(links.length > 10);
  for (const [id, href] of links) assert.match(href, /^https:\/\/(www\.w3\.org|www\.imsglobal\.org|www\.rfc-editor\.org|[a-z.]+)\//, id);
  assert.equal(new Set(links.map(([, , said]) => said)).size, links.length, "no two read alike");
});
