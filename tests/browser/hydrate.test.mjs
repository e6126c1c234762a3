// A server's card, and the element that takes it over: what stands there is drawn into, and nothing is shown twice.
//
// The pages are written by the package's own function, and served under the site's strict policy.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { html } from "../../pkg/index.js";
import { engine, openPage, serveSite } from "./driver.mjs";

const VECTORS = "tests/vectors/";
const FIXTURES = "08-open-badges-3/dcc-vc-test-fixtures/";
const FOLDER = `target/served-${engine}`;
const NOW = "2026-11-22T12:00:00Z";
const read = (file) => readFileSync(VECTORS + file);

const ANDAMIO = "08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json";
const MAP = JSON.parse(read("13-dids-registries/offline-map.json"));
const texts = (documents) => Object.fromEntries(
  Object.entries(documents).filter(([address]) => /andamio/.test(address)).map(([address, file]) => [address, read(file).toString()]));
const RESOURCES = { readAt: NOW, dids: texts(MAP.dids), statusLists: texts(MAP.statusLists) };

const CARDS = [
  { file: ANDAMIO }, { file: ANDAMIO, view: "badge" }, { file: ANDAMIO, view: "full" },
  { file: ANDAMIO, lang: "de" }, { file: ANDAMIO, lang: "ar", heading: 4 }, { file: ANDAMIO, blind: "issuer" },
  { file: "own/results-by-points.json", view: "full" }, { file: "own/results-by-points.json" },
  { file: "09-clr-2/learncard/competency-aligned.json" },
  { file: `${FIXTURES}v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json` },
  { file: `${FIXTURES}v2/ed25519/didKey/legacy-noStatus-expired.json`, lang: "ja" },
  { file: `${FIXTURES}v2/ed25519/didWeb/badDidWeb.json` },
];

/** Runs before the element is defined: keeps hold of what the server sent, and of every change of it. */
const BEFORE = `
  globalThis.resources = ${JSON.stringify(RESOURCES)};
  globalThis.heard = [];
  for (const name of ["checked", "verified", "needs"]) {
    addEventListener("credential-" + name, ({ type, detail, target }) => heard.push([target.id, type, detail.headline ?? null]));
  }
  globalThis.shifts = [];
  if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
      .observe({ type: "layout-shift", buffered: true });
  }
  globalThis.kept = new Map();
  globalThis.changes = new Map();
  for (const element of document.querySelectorAll("verify-credential")) {
    element.now = "${NOW}";
    if (!element.hasAttribute("data-bare")) element.resources = resources;
    const shadow = element.shadowRoot;
    if (!shadow) continue;
    const inside = [];
    const walker = document.createTreeWalker(shadow.querySelector("[part=root]"));
    while (walker.nextNode()) inside.push(walker.currentNode);
    kept.set(element.id, inside);
    const said = [];
    changes.set(element.id, said);
    const name = (node) => node.localName ?? node.nodeName;
    new MutationObserver((records) => {
      for (const { type, target, attributeName, oldValue, addedNodes, removedNodes } of records) {
        if (type === "attributes" && target.getAttribute(attributeName) === oldValue) continue;
        said.push([type, name(target), attributeName ?? "", [...addedNodes].map(name).join(), [...removedNodes].map(name).join()]
          .join(" ").trim());
      }
    }).observe(shadow, { childList: true, subtree: true, characterData: true, attributes: true, attributeOldValue: true });
  }
`;

const SHEET = `
  body { margin: 20px; }
  .cover { position: fixed; inset: 0; background: red; z-index: 9; }
  .climb { display: block; margin-block-start: -900px; block-size: 900px; background: red; }
`;

/** What becomes of the nodes around the card: what the server put there goes, and the element's own slot comes. */
const AROUND = [
  "attributes div aria-busy", "childList #document-fragment   link", "childList #document-fragment   slot",
  "childList #document-fragment  slot", "attributes div aria-busy",
];

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/before.js`, BEFORE);
  writeFileSync(`${FOLDER}/page.css`, SHEET);
  writeFileSync(`${FOLDER}/badge.json`, read(ANDAMIO));
  site = await serveSite({ mounts: [`/served/=${FOLDER}`] });
  page = await openPage({ width: 900, height: 900 });
});

after(async () => {
  await page?.close();
  await site?.close();
});

/**
 * Writes a page of elements and opens it.
 * @param {string} name
 * @param {string} body
 * @param {{script?: boolean, head?: string}} [options]
 */
async function open(name, body, { script = true, head = "" } = {}) {
  const element = '<script type="module" src="/pkg/verify-credential.js"></script>';
  writeFileSync(`${FOLDER}/${name}.html`, `<!doctype html><html lang="en"><meta charset="utf-8"><title>Served</title>${head}
<link rel="stylesheet" href="/pkg/verify-credential.css"><link rel="stylesheet" href="/served/page.css">
<body>${body}<script src="/served/before.js"></script>${script ? element : ""}`);
  await page.goto("about:blank");
  await page.consoleErrors();
  await page.goto(new URL(`served/${name}.html`, site.address).href);
}

/** @param {string} id @param {{file: string, [option: string]: unknown}} card */
const served = (id, { file, resources = RESOURCES, attributes = {}, ...options }) => html(
  read(file), { now: NOW }, resources,
  { stylesheet: "/pkg/verify-credential.css", attributes: { id, loading: "eager", network: "off", ...attributes }, ...options },
);

const define = () => page.execAsync(() => import("/pkg/verify-credential.js").then(() => null));
const checked = (count) => page.until((count) =>
  globalThis.heard.filter(([, type]) => type === "credential-checked").length === count, [count], 30_000);
const headline = (id) => page.exec((id) =>
  document.getElementById(id).shadowRoot.querySelector(".verdict")?.dataset.headline ?? null, id);

test("an equal report changes nothing that was there, in any view or language", async () => {
  const cards = CARDS.map((card, index) => served(`c${index}`, card.blind ? { ...card, attributes: { src: "badge.json", network: "ask" } } : card));
  await open("equal", (await Promise.all(cards)).join("\n"));
  await checked(CARDS.length);
  const found = await page.exec(() => [...changes].map(([id, said]) => {
    const { shadowRoot } = document.getElementById(id);
    const now = [];
    const walker = document.createTreeWalker(shadowRoot.querySelector("[part=root]"));
    while (walker.nextNode()) now.push(walker.currentNode);
    const before = kept.get(id);
    return { id, said, same: now.length === before.length && now.every((node, at) => node === before[at]), count: now.length };
  }));
  assert.equal(found.length, CARDS.length);
  const day = (lang) => new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(0);
  for (const { id, said: all, same, count } of found) {
    const { lang = "en" } = CARDS[Number(id.slice(1))];
    const card = JSON.stringify(CARDS[Number(id.slice(1))]);
    // Engines differ in the digits of a language: then its numbers are written anew, and nothing else.
    const isAgreed = await page.exec(day, lang) === day(lang);
    const said = all.filter((change) => isAgreed || change !== "characterData #text");
    // Marked as busy, and no more; the sheet is the element's own from then on.
    assert.deepEqual(said, AROUND, card);
    assert.ok(same && count > 10, `${card}: ${count} nodes`);
  }
  assert.deepEqual(await page.exec(() => shifts), []);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("the element's own verdict takes the place of the server's, and only that is told", async () => {
  await open("differ", await served("one", { file: ANDAMIO, attributes: { "data-bare": "" } }), { script: false });
  assert.equal(await headline("one"), "verified");
  assert.deepEqual(await page.exec(() => heard), []);
  const before = await page.exec(() => globalThis.section = document.querySelector("#one").shadowRoot.querySelector(".verdict"));
  assert.ok(before);
  await define();
  await checked(1);
  assert.equal(await headline("one"), "not-fully-checked");
  assert.deepEqual(await page.exec(() => heard.map(([, type, headline]) => [type, headline])),
    [["credential-checked", "not-fully-checked"], ["credential-needs", null]]);
  const same = await page.exec(() => globalThis.section === document.querySelector("#one").shadowRoot.querySelector(".verdict"));
  assert.ok(same, "it is drawn into the same nodes");
  assert.equal(await page.exec(() => document.querySelector("#one").shadowRoot.querySelector("[aria-busy=true]")), null);
});

test("where the verifier cannot start, no server's verdict stays", async () => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`;
  await open("blocked", await served("one", { file: ANDAMIO, content: '<p id="fallback">My badge</p>' }), { head: policy });
  await page.until(() => document.querySelector("#one").shadowRoot.querySelector("[part=fallback]"), [], 30_000);
  assert.equal(await headline("one"), null);
  const height = await page.exec(() => document.querySelector("#fallback").getBoundingClientRect().height);
  assert.ok(height > 0, "the children are shown");
  assert.deepEqual(await page.exec(() => heard), []);
});

test("without scripts the card is whole and has its colours, under the strict policy", async () => {
  await open("plain", await served("one", { file: ANDAMIO, attributes: { theme: "light" } }), { script: false });
  assert.equal(await headline("one"), "verified");
  const [colour, details, busy] = await page.exec(() => {
    const { shadowRoot } = document.querySelector("#one");
    return [
      getComputedStyle(shadowRoot.querySelector(".verdict")).backgroundColor,
      [...shadowRoot.querySelectorAll("details.more")].map((one) => one.textContent.length),
      shadowRoot.querySelector("[data-part],[aria-busy=true]") !== null,
    ];
  });
  assert.equal(colour, "rgb(230, 244, 236)");
  assert.ok(details.length >= 2 && details.every((length) => length > 40), String(details));
  assert.equal(busy, false);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("what the page shows in the meantime goes with the first card, and no notice is drawn over it", async () => {
  const credential = read(ANDAMIO).toString();
  await open("loading", `<verify-credential id="one" loading="eager" network="off"><p id="usual">usual</p>
    <p id="wait" slot="loading">wait</p><p id="after" slot="after">after</p></verify-credential>`, { script: false });
  const boxes = () => page.exec(() => ["usual", "wait", "after"].filter((id) => document.getElementById(id).getClientRects().length));
  await page.exec((credential) => {
    const slow = new Blob([credential]);
    // As slow as the test wants it.
    slow.slice = () => ({ arrayBuffer: () => new Promise((go) => { globalThis.go = () => go(new TextEncoder().encode(credential).buffer); }) });
    document.querySelector("#one").credential = slow;
  }, credential);
  await define();
  await page.until(() => globalThis.go, [], 30_000);
  await page.execAsync(() => new Promise((next) => setTimeout(next, 400)));
  assert.deepEqual(await boxes(), ["wait", "after"], "longer than a notice would wait");
  await page.exec(() => globalThis.go());
  await checked(1);
  assert.deepEqual(await boxes(), ["after"]);
  assert.equal(await headline("one"), "verified");
});

test("what stands after the card stays below it, and covers nothing of it", async () => {
  const content = '<div slot="after"><b class="cover">Verified</b><b class="climb">Verified</b><i>small</i></div>';
  for (const [name, script] of [["after", true], ["after-plain", false]]) {
    await open(name, await served("one", { file: ANDAMIO, view: "badge", content }), { script });
    if (script) await checked(1);
    const { card, after, hit } = await page.exec(() => {
      const { shadowRoot } = document.querySelector("#one");
      const box = (selector) => shadowRoot.querySelector(selector).getBoundingClientRect().toJSON();
      const card = box("article");
      const points = [[0.05, 0.1], [0.5, 0.5], [0.9, 0.9]];
      const hit = points.map(([x, y]) => document.elementFromPoint(card.left + card.width * x, card.top + card.height * y)?.id);
      return { card, after: box("slot[name=after]"), hit };
    });
    assert.deepEqual(hit, ["one", "one", "one"], name);
    assert.ok(after.top >= card.bottom && after.height > 0, name);
  }
});
