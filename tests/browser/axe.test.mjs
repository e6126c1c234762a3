// axe-core finds nothing in any state, view, theme and language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { engine, openPage, serveSite } from "./driver.mjs";
import { CARDS, OTHERS, mount, openBare, settled } from "./states.mjs";

const AXE = readFileSync(`${process.env.BROWSER_TOOLS ?? "target/tools/browser"}/node_modules/axe-core/axe.min.js`, "utf8");

/** All of it in one engine, in the others what engines may do differently. */
const ALL = engine === "chromium";
const VIEWS = ALL ? ["card", "badge", "full"] : ["full"];
const LANGUAGES = ALL ? ["en", "ar", "de", "es", "fr", "ja", "nl", "pt"] : ["ar"];
/** Colours are the same in all languages that are written in one direction. @param {string} lang */
const themes = (lang) => (!ALL ? ["dark"] : lang === "en" || lang === "ar" ? ["light", "dark"] : ["light"]);

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 1280, height: 900 });
  await openBare(page, site);
  await page.exec(AXE);
});

after(async () => {
  await page?.close();
  await site?.close();
});

/**
 * What axe-core finds, each rule with the places. The rules about whole pages are those of the page around an element.
 * @returns {Promise<string[]>}
 */
const findings = () => page.execAsync(async () => {
  const { violations } = await globalThis.axe.run("main", {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    rules: Object.fromEntries(["region", "landmark-one-main", "page-has-heading-one", "bypass", "document-title", "html-has-lang"]
      .map((rule) => [rule, { enabled: false }])),
  });
  return violations.map(({ id, nodes }) => {
    const places = nodes.map(({ target, html, failureSummary }) => `${target.flat().join(" ")} ${html.slice(0, 160)} ${failureSummary}`);
    return `${id} (${nodes.length}): ${places.slice(0, 3).join("\n  ")}`;
  });
});

for (const lang of LANGUAGES) {
  for (const theme of themes(lang)) {
    test(`nothing in ${lang}, ${theme}`, async () => {
      for (const view of VIEWS) {
        await mount(page, CARDS, { lang, theme, view });
        assert.deepEqual(await findings(), [], view);
      }
    });

    test(`nothing in ${lang}, ${theme}, where something is opened, or there is no report`, async () => {
      await mount(page, [...CARDS, ...OTHERS], { lang, theme });
      await page.exec(() => document.querySelectorAll("verify-credential").forEach(({ shadowRoot }) => {
        shadowRoot.querySelector('[data-action="reveal"]')?.click();
      }));
      await page.exec(() => document.querySelectorAll("verify-credential").forEach(({ shadowRoot }) => {
        shadowRoot.querySelectorAll("details").forEach((details) => { details.open = true; });
      }));
      await settled(page);
      assert.deepEqual(await findings(), []);
    });
  }
}

test("something, where there is something to find", async () => {
  await mount(page, CARDS.slice(0, 1));
  await page.exec(() => document.querySelector("verify-credential").shadowRoot.querySelector(".headline").setAttribute("role", "nothing"));
  assert.match((await findings()).join(), /aria-roles/);
});
