// The package behind a plain script tag, from its tarball: what a page asks for, and what it says when something is wrong.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { openPage } from "../browser/driver.mjs";
import { BADGE, BADGE_HEADLINE, CONTENT_SECURITY_POLICY, ROOT, host, scratchProject } from "./support.mjs";

const CORE = "/verify_credential_bg.wasm";
const CURVES = "/curves_bg.wasm";
const ELEMENTS = '<verify-credential src="/badge.json"><a href="/badge.json">my badge</a></verify-credential>';

let project;
/** @type {import("../browser/driver.mjs").Page} */
let page;

before(async () => {
  project = scratchProject();
  page = await openPage();
  await page.cdp("Network.setCacheDisabled", { cacheDisabled: true });
  await page.cdp("Page.addScriptToEvaluateOnNewDocument", { source: `
    globalThis.said = { warn: [], error: [] };
    for (const level of ["warn", "error"]) {
      const own = console[level];
      console[level] = (...words) => { said[level].push(words.map(String).join(" ")); own.apply(console, words); };
    }` });
});
after(async () => {
  await page?.close();
  project?.remove();
});

const integrity = (name) =>
  `sha384-${createHash("sha384").update(readFileSync(join(project.package, name))).digest("base64")}`;
const scriptTag = (name, attributes = "") => `<script type="module" src="/${name}" ${attributes}></script>`;
const document = (head, body = ELEMENTS) => `<!doctype html><html lang="en"><title>A page</title>${head}<body>${body}`;

/** Opens a page and gives what it shows: the headline of its card, or the line in the place of a card. */
async function open({ html = document(scriptTag("verify-credential.js")), change, more = {} } = {}) {
  const server = await host(project.package, { "/": html, "/badge.json": BADGE, ...more }, change);
  try {
    await page.goto(server.address);
    const shown = await page.until(() => {
      const all = [...document.querySelectorAll("verify-credential")];
      const seen = all.map((element) => element.report?.headline
        ?? element.shadowRoot?.querySelector("[part=fallback]")?.dataset.because);
      return all.length > 0 && seen.every(Boolean) ? seen : null;
    });
    const { text, said } = await page.exec(() => ({
      said: globalThis.said,
      text: document.querySelector("verify-credential").shadowRoot.querySelector("[part=fallback]")?.textContent ?? "",
    }));
    return { shown, text, said, asked: server.asked.filter((path) => path !== "/favicon.ico") };
  } finally {
    await server.close();
  }
}

const answer = (path, changed) => ({ change: (asked, good) => asked === path ? { ...good, ...changed } : good });
const policy = (csp) => ({ change: (path, good) => ({ ...good, csp }) });

test("one script and one module come before the card, as the sizes have it", async () => {
  const tag = scriptTag("verify-credential.js", `integrity="${integrity("verify-credential.js")}"`);
  const { shown, said, asked } = await open({ html: document(tag) });
  assert.deepEqual(shown, [BADGE_HEADLINE]);
  assert.deepEqual(said, { warn: [], error: [] });
  assert.ok(!asked.includes(CURVES), "nothing is loaded before it is needed");
  // What a card shows second comes behind its first answers.
  const own = asked.filter((path) => !["/", "/badge.json", "/look_bg.wasm"].includes(path)).map((path) => path.slice(1));
  const sizes = execFileSync(process.execPath,
    ["--input-type=module", "--eval", readFileSync(join(ROOT, "xtask/src/sizes.mjs"), "utf8"), join(ROOT, "pkg")], { encoding: "utf8" });
  const common = sizes.trim().split("\n").map((line) => line.split("\t")).filter((cells) => cells[4] === "common").map(([name]) => name);
  assert.deepEqual(own.sort(), common.sort());
});

test("a page may load the script, `define` and the module: one verifier serves all", async () => {
  const more = { "/own.js": 'import { VerifyCredential } from "/index.js"; import "/define.js"; globalThis.own = VerifyCredential;' };
  const { shown, said, asked } = await open({
    html: document(scriptTag("verify-credential.js") + scriptTag("own.js"), ELEMENTS + ELEMENTS),
    more,
    change: (path, good) => path === "/own.js" ? { ...good, type: "text/javascript" } : good,
  });
  assert.deepEqual(shown, [BADGE_HEADLINE, BADGE_HEADLINE]);
  assert.deepEqual(said, { warn: [], error: [] });
  assert.equal(asked.filter((path) => path === CORE).length, 1);
  await page.exec(() => customElements.define("own-element", class extends globalThis.own {}));
  assert.equal(await page.exec(() => Object.getOwnPropertySymbols(globalThis).filter(({ description }) => description.startsWith("verify-credential ")).length), 1);
});

test("importing the module has no effect on the page", async () => {
  const server = await host(project.package, { "/": document("", "") });
  try {
    await page.goto(server.address);
    const names = await page.execAsync(async () => {
      const before = Reflect.ownKeys(globalThis).length;
      const names = Object.keys(await import("/index.js"));
      return customElements.get("verify-credential") || Reflect.ownKeys(globalThis).length !== before ? ["an effect"] : names;
    });
    assert.ok(names.includes("VerifyCredential"), String(names));
    assert.deepEqual(server.asked.filter((path) => path.endsWith(".wasm")), []);
  } finally {
    await server.close();
  }
});

test("the wrong media type costs time and a warning, not the card", async () => {
  const { shown, said } = await open({ html: document(scriptTag("verify-credential.js"), ELEMENTS + ELEMENTS), ...answer(CORE, { type: "text/plain" }) });
  assert.deepEqual(shown, [BADGE_HEADLINE, BADGE_HEADLINE]);
  assert.equal(said.warn.length, 1);
  assert.match(said.warn[0], /application\/wasm/);
  assert.deepEqual(said.error, []);
});

test("what keeps the verifier from starting is said on the element, and once in the console", async () => {
  const flipped = Buffer.from(readFileSync(join(project.package, CORE)));
  flipped[flipped.length >> 1] ^= 1;
  const table = [
    ["blocked", policy(CONTENT_SECURITY_POLICY.replace(" 'wasm-unsafe-eval'", "")), /script-src/, 0],
    ["missing", answer(CORE, { status: 404, body: Buffer.from("none") }), /verify_credential_bg\.wasm: 404/, 2],
    ["altered", answer(CORE, { body: flipped }), /verify_credential_bg\.wasm/, 2],
    ["altered", answer(CORE, { type: "text/html", body: Buffer.from("<!doctype html>") }), /text\/html/, 2],
    ["altered", answer(CORE, { body: flipped.subarray(0, 1000) }), /verify_credential_bg\.wasm/, 2],
    ["unreachable", { change: (path, good) => path === CORE ? null : good }, /verify_credential_bg\.wasm/, 2],
    ["unreachable", policy(CONTENT_SECURITY_POLICY.replace(/connect-src 'self'/, "connect-src 'none'")), /connect-src/, 0],
  ];
  for (const [because, wrong, words, requests] of table) {
    const { shown, text, said, asked } = await open({ html: document(scriptTag("verify-credential.js"), ELEMENTS + ELEMENTS), ...wrong });
    assert.deepEqual(shown, [because, because]);
    assert.match(text, words);
    assert.equal(said.error.length, 1, `${because}: ${said.error.join("\n")}`);
    // The second one only asks what is wrong.
    assert.ok(asked.filter((path) => path === CORE).length >= requests, `${because}: ${asked}`);
    if (requests === 0) assert.ok(!asked.includes(CORE), because);
    assert.equal(await page.exec(() => document.querySelector("verify-credential").shadowRoot.querySelector("slot").assignedElements().length), 1);
  }
});

test("the module for ECDSA is loaded for a credential that needs it, once, and only as it was published", async () => {
  const file = (name) => readFileSync(join(ROOT, "tests/vectors/own", name));
  const more = { "/p256.json": file("ecdsa-p256.json"), "/p384.json": file("ecdsa-p384.json") };
  const html = document(scriptTag("verify-credential.js"), ["p256", "p384"].map((name) => ELEMENTS.replace("badge", name)).join(""));
  const good = await open({ html, more });
  assert.deepEqual(good.shown, [BADGE_HEADLINE, BADGE_HEADLINE]);
  assert.deepEqual(good.said, { warn: [], error: [] });
  assert.equal(good.asked.filter((path) => path === CURVES).length, 1);

  const flipped = Buffer.from(readFileSync(join(project.package, CURVES)));
  flipped[flipped.length >> 1] ^= 1;
  for (const [because, changed] of [["altered", { body: flipped }], ["missing", { status: 404, body: Buffer.from("") }]]) {
    const bad = await open({ html, more, ...answer(CURVES, changed) });
    assert.deepEqual(bad.shown, ["not-fully-checked", "not-fully-checked"], because);
    assert.equal(bad.said.error.length, 1, bad.said.error.join("\n"));
    const reasons = await page.exec(() => document.querySelector("verify-credential").report.checks.map(({ reason }) => reason));
    assert.ok(reasons.includes("part-not-loaded"), because);
  }
});

test("a browser without WebAssembly is told", async () => {
  const { identifier } = await page.cdp("Page.addScriptToEvaluateOnNewDocument", { source: "delete globalThis.WebAssembly" });
  const { shown } = await open();
  await page.cdp("Page.removeScriptToEvaluateOnNewDocument", { identifier });
  assert.deepEqual(shown, ["unsupported"]);
});

test("an altered script does not run where the tag has its hash", async () => {
  const tag = scriptTag("verify-credential.js", `integrity="${integrity("verify-credential.js")}"`);
  const altered = Buffer.concat([readFileSync(join(project.package, "verify-credential.js")), Buffer.from(";")]);
  const server = await host(project.package, { "/": document(tag), "/badge.json": BADGE }, answer("/verify-credential.js", { body: altered }).change);
  try {
    await page.goto(server.address);
    assert.equal(await page.exec(() => customElements.get("verify-credential") ?? null), null);
    assert.deepEqual(server.asked.filter((path) => path === CORE), []);
  } finally {
    await server.close();
  }
});

test("a page may fetch the module beside the script: it is fetched once", async () => {
  const preload = `<link rel="preload" as="fetch" crossorigin href="${CORE}">`;
  const { shown, said, asked } = await open({ html: document(preload + scriptTag("verify-credential.js")) });
  assert.deepEqual(shown, [BADGE_HEADLINE]);
  assert.deepEqual(said, { warn: [], error: [] });
  assert.equal(asked.filter((path) => path === CORE).length, 1);
});

test("the hashes that are published are those of the files", () => {
  const hashes = JSON.parse(readFileSync(join(project.package, "integrity.json"), "utf8"));
  assert.deepEqual(Object.keys(hashes), project.files.filter((name) => /^[^/]+\.(css|js|wasm)$/.test(name)));
  for (const [name, value] of Object.entries(hashes)) assert.equal(value, integrity(name), name);
});

test("every part that the loader loads is pinned in every script that loads it", () => {
  const parts = project.files.filter((name) => name.endsWith(".wasm") || name.startsWith("lang/"));
  assert.ok(parts.length > 0);
  for (const script of ["index.js", "verify-credential.js", "verify-credential.inline.js"]) {
    const text = readFileSync(join(project.package, script), "utf8");
    if (script.endsWith(".inline.js")) parts.splice(0, parts.length, ...parts.filter((part) => part.endsWith(".wasm")));
    for (const part of parts) assert.ok(text.includes(integrity(part)), `${script} pins ${part}`);
  }
});
