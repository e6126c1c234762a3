// Every state an element can be in, for the tests that look at each: which credential, with which answers of the network.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { transcript } from "./transcript.mjs";

const VECTORS = "tests/vectors/";
const FIXTURES = `${VECTORS}08-open-badges-3/dcc-vc-test-fixtures/v2/`;

/** The moment for which the vectors' expected answers hold. */
export const NOW = "2026-11-22T12:00:00Z";

/** @typedef {{name: string, headline?: string, attributes?: Record<string, string>, properties?: Record<string, unknown>}} State */

/** @param {string} file below tests/vectors/ */
export const text = (file) => readFileSync(VECTORS + file, "utf8");

/** What the network would answer, as an offline map says whose files stand below `folder`. @param {string} map @param {string} folder */
export function resources(map, folder) {
  const { dids, statusLists } = JSON.parse(readFileSync(map, "utf8"));
  const read = (files) => Object.fromEntries(Object.entries(files)
    .filter(([, file]) => existsSync(join(folder, file)))
    .map(([address, file]) => [address, readFileSync(join(folder, file), "utf8")]));
  return { dids: read(dids), statusLists: read(statusLists) };
}

/** The test issuer's own network. */
export const OWN = resources(`${VECTORS}own/offline-map.json`, `${VECTORS}own`);

/** @returns {State} */
function own(name, headline, attributes = {}, file = name) {
  return { name, headline, attributes, properties: { credential: text(`own/${file}.json`), resources: OWN, now: NOW } };
}

/** @returns {State} */
function fixture(name, headline, file) {
  return { name, headline, properties: { credential: readFileSync(FIXTURES + file, "utf8"), now: NOW } };
}

/** A card for each headline, and for what a card can hold. @type {readonly State[]} */
export const CARDS = [
  own("verified", "verified", {}, "results-by-points"),
  own("did-key", "genuine-issuer-unconfirmed"),
  own("unreachable", "not-fully-checked"),
  own("revoked", "revoked"),
  own("suspended", "suspended"),
  own("proof-expired", "do-not-rely"),
  fixture("altered", "do-not-rely", "ed25519/didKey/legacy-noStatus-noExpiry-tampered.json"),
  fixture("expired", "expired", "ed25519/didKey/legacy-noStatus-expired.json"),
  fixture("not-yet-valid", "not-yet-valid", "dataIntegrityProof/didKey/oidf-noStatus-notExpired-notYetValid.json"),
  fixture("endorsed", "genuine-issuer-unconfirmed", "bothSignatureTypes/didkey/legacy-noStatus-notExpired-endorsement.json"),
  { name: "record", headline: "genuine-issuer-unconfirmed", properties: { credential: transcript(9, { expired: [3], forged: [5], open: [7] }), now: NOW } },
  { name: "unreadable", headline: "unreadable", properties: { credential: "No credential.", now: NOW } },
  own("blind-holder", "verified", { blind: "holder" }, "results-by-points"),
  own("blind-issuer", "verified", { blind: "issuer" }, "results-by-points"),
];

/** What is shown where there is no report. @type {readonly State[]} */
export const OTHERS = [
  { name: "zone" },
  { name: "source-consent", attributes: { src: "https://elsewhere.example/badge.json", network: "ask" } },
  { name: "source-refused", attributes: { src: "https://elsewhere.example/badge.json" } },
  { name: "source-bad-address", attributes: { src: "http://127.0.0.2/badge.json", network: "auto" } },
  { name: "source-unreachable", attributes: { src: "no-such-file.json" } },
];

/**
 * Opens a page of the site that has nothing of its own on it, and defines the element there.
 * @param {import("./driver.mjs").Page} page
 * @param {{address: string}} site
 */
export async function openBare(page, site) {
  await page.goto("about:blank");
  await page.goto(new URL("site.css", site.address).href);
  await page.execAsync(() => import("../pkg/verify-credential.js").then(() => null));
  await page.exec(() => {
    document.documentElement.lang = "en";
    document.title = "States";
    document.body.replaceChildren(document.createElement("main"));
  });
  await page.requests();
  await page.consoleErrors();
}

/**
 * Puts an element for each state into the emptied page, waits until all are drawn, and makes sure of their headlines.
 * @param {import("./driver.mjs").Page} page
 * @param {readonly State[]} states
 * @param {Record<string, string>} [attributes] of all of them; the state's own go before
 */
export async function mount(page, states, attributes = {}) {
  const rows = states.map((state) => ({ ...state, attributes: { network: "off", loading: "eager", ...attributes, ...state.attributes } }));
  await page.exec((rows) => {
    document.querySelector("main").replaceChildren(...rows.map(({ name, attributes, properties }) => {
      const element = document.createElement("verify-credential");
      for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
      element.dataset.state = name;
      Object.assign(element, properties);
      return element;
    }));
  }, rows);
  await settled(page);
  const headlines = await page.exec(() => [...document.querySelectorAll("verify-credential")].map(({ report }) => report?.headline ?? null));
  assert.deepEqual(headlines, states.map(({ headline }) => headline ?? null));
}

/** Waits until everything on the page is drawn, and what is open in it. @param {import("./driver.mjs").Page} page */
export const settled = (page) => page.until(() => [...document.querySelectorAll("verify-credential")].every(({ shadowRoot }) => {
  const drawn = shadowRoot.querySelector(".card, .badge, .zone, .notice");
  const isDue = drawn?.matches('[aria-busy="true"]') || shadowRoot.querySelector("[data-part]:is([open], .is-full *)");
  return drawn && !isDue && (!drawn.matches(".notice") || drawn.querySelector(".notice-title + p"));
}), [], 30_000);
