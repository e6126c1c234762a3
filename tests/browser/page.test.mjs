// The site and the element in a real browser, under the policy the site is served with.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";

import { engine, lacks, openPage, serveSite } from "./driver.mjs";

const VECTORS = "tests/vectors/";
const FIXTURES = "08-open-badges-3/dcc-vc-test-fixtures/";
const ANDAMIO = "08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json";
const ANDAMIO_DID = "https://credentials.andamio.io/.well-known/did.json";
const UNCONFIRMED = `${FIXTURES}v2/ed25519/didKey/legacy-noStatus-noExpiry.json`;
const TAMPERED = `${FIXTURES}v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json`;
const SCREENSHOTS = `target/screenshots/${engine}`;

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

afterEach(async () => {
  await page.setOffline(false);
  await page.liftPolicy(false);
});

/** Opens the site anew and forgets what that asked for. */
async function open(fragment = "") {
  await page.goto("about:blank");
  await page.goto(site.address + fragment);
  await page.until(() => customElements.get("verify-credential") && document.querySelector("#try").shadowRoot !== null);
  await page.requests();
  await page.consoleErrors();
}

/** Opens a file of the site that has no elements of its own, and defines the element there. */
async function openBare() {
  await page.goto("about:blank");
  await page.goto(new URL("site.css", site.address).href);
  await page.execAsync(() => import("../pkg/verify-credential.js").then(() => null));
  await page.exec(() => document.body.replaceChildren(document.createElement("main")));
  await page.requests();
  await page.consoleErrors();
}

const text = (file) => readFileSync(VECTORS + file, "utf8");

/**
 * Lifts the page's policy for the next page that is opened. Under it a forbidden request is never sent, so a test that
 * only looked at what was sent would pass whatever the element tries.
 */
const liftPolicy = () => page.liftPolicy(true);

/** What the page asked of anybody but its own host since the last call. */
async function foreign() {
  return (await page.requests()).filter((address) => !address.startsWith(site.address) && !/^(data|blob|about):/.test(address));
}

/**
 * Puts an element of its own into an emptied page. Attributes are set as given, properties through the element.
 * @param {Record<string, string>} attributes
 * @param {Record<string, unknown>} [properties]
 */
async function place(attributes, properties = {}) {
  await page.exec((attributes, properties) => {
    document.querySelector("main").replaceChildren();
    globalThis.seen = [];
    const element = document.createElement("verify-credential");
    element.id = "one";
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    Object.assign(element, properties);
    for (const name of ["checked", "verified", "needs"]) {
      const event = `credential-${name}`;
      globalThis.heard ??= new Set();
      if (!globalThis.heard.has(event)) addEventListener(event, ({ type, detail }) => globalThis.seen.push([type, detail]));
      globalThis.heard.add(event);
    }
    document.querySelector("main").append(element);
  }, attributes, properties);
}

/** Scrolls past every element, as a reader does: none is checked before it comes near. */
const seeAll = () => page.execAsync(async () => {
  for (const element of document.querySelectorAll("verify-credential")) {
    element.scrollIntoView();
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  }
  scrollTo(0, 0);
});

const headline = () => page.until(() => document.querySelector("#one").report?.headline);
const shown = () => page.exec(() => document.querySelector("#one").shadowRoot.querySelector("[part=root]")?.textContent ?? "");
const events = () => page.exec(() => globalThis.seen.map(([type]) => type));
const hasAction = (action) => page.until(
  (action) => document.querySelector("#one").shadowRoot.querySelector(`[data-action="${action}"]`) !== null, [action]);

test("every gallery row answers what it says, and only the page's own host is asked", async () => {
  await page.goto("about:blank");
  await page.requests();
  await page.goto(site.address);
  await page.until(() => document.querySelectorAll("#grid verify-credential").length >= 10);
  await seeAll();
  await page.until(() => [...document.querySelectorAll("#grid verify-credential")].every((one) => one.report), [], 30_000)
    .catch(() => {});
  const rows = await page.exec(() => [...document.querySelectorAll(".entry")].map((entry) => {
    const element = entry.querySelector("verify-credential");
    return [entry.querySelector("h3").textContent, element?.report?.headline ?? "none", element?.dataset.headline ?? "failed"];
  }));
  assert.deepEqual(rows.map(([title, is]) => [title, is]), rows.map(([title, , should]) => [title, should]));
  const requests = await page.requests();
  assert.ok(requests.some((address) => address.endsWith(".wasm")), "the log shows what the page asks for");
  assert.deepEqual(requests.filter((address) => !address.startsWith(site.address) && !/^(data|about):/.test(address)), []);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("the card opens in place of the badge, by keyboard", async () => {
  await open();
  await page.until(() => document.querySelector("#grid verify-credential")?.report?.headline);
  await page.exec(() => document.querySelector("#grid .toggle").focus());
  await page.keys("Enter");
  await page.until(() => document.querySelector("#grid .entry.open verify-credential")?.view === "card");
  assert.equal(await page.exec(() => document.activeElement.getAttribute("aria-expanded")), "true");
  await page.keys("Enter");
  await page.until(() => document.querySelector("#grid verify-credential")?.view === "badge");
});

test("`off` and an untouched `ask` ask nobody", async () => {
  await liftPolicy();
  for (const network of ["off", "ask"]) {
    await open();
    await place({ network }, { credential: text(ANDAMIO) });
    assert.equal(await headline(), "not-fully-checked");
    await new Promise((next) => setTimeout(next, 300));
    assert.deepEqual(await foreign(), [], network);
    assert.ok((await events()).includes("credential-needs"), network);
    assert.deepEqual(await page.consoleErrors(), []);
  }
});

test("`auto`, and a press under `ask`, do ask: what the test above would notice", async () => {
  await liftPolicy();
  await open();
  await place({ network: "auto" }, { credential: text(ANDAMIO) });
  assert.equal(await headline(), "not-fully-checked");
  assert.ok((await foreign()).includes(ANDAMIO_DID));

  await open();
  await place({ network: "ask" }, { credential: text(ANDAMIO) });
  await headline();
  await hasAction("fetch");
  assert.deepEqual(await foreign(), []);
  await page.click('#one >>> [data-action="fetch"]');
  await page.until(() => globalThis.seen.filter(([type]) => type === "credential-checked").length === 2);
  assert.ok((await foreign()).includes(ANDAMIO_DID));
});

test("`credential-verified` is for the headline `verified` alone", async () => {
  const map = JSON.parse(text("13-dids-registries/offline-map.json"));
  const did = "did:web:credentials.andamio.io";
  const list = "https://credentials.andamio.io/status/key-epoch-2026-07.json";
  const resources = { dids: { [did]: text(map.dids[did]) }, statusLists: { [list]: text(map.statusLists[list]) } };
  const table = [
    [ANDAMIO, resources, "verified", ["credential-checked", "credential-verified"]],
    [UNCONFIRMED, null, "genuine-issuer-unconfirmed", ["credential-checked"]],
    [TAMPERED, null, "do-not-rely", ["credential-checked"]],
    [ANDAMIO, null, "not-fully-checked", ["credential-checked", "credential-needs"]],
  ];
  await open();
  for (const [file, resources, expected, heard] of table) {
    await place({ network: "off" }, { credential: text(file), resources, now: "2026-11-22T12:00:00Z" });
    assert.equal(await headline(), expected);
    assert.deepEqual(await events(), heard, file);
  }
});

test("documents the page hands over say when they were read", async () => {
  const map = JSON.parse(text("13-dids-registries/offline-map.json"));
  const did = "did:web:credentials.andamio.io";
  await open();
  const resources = { readAt: "2025-03-09T10:00:00Z", dids: { [did]: text(map.dids[did]) } };
  await place({ network: "off" }, { credential: text(ANDAMIO), resources });
  await headline();
  assert.match(await shown(), /\b9\D+2025/);
});

/** Credentials that need a part of the package which no other asks for: the parts, the file, and the check that
 * passes with them. */
const LATER = [
  [["net", "basis", "more", "curves"], "02-w3c-data-integrity/ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json", "proof.any-good"],
  [["net", "basis", "more", "pairing"], "02-w3c-data-integrity/bbs/derivedRevealDocument.json", "proof.any-good"],
  [["net", "basis", "more"], "08-open-badges-3/andamio/baked-svg/203e63f457e0b808.77547ab066d5.svg", "container.readable"],
];

for (const [expected, file, passing] of LATER) {
  test(`${expected} is loaded for ${file} and for no plain badge, even under \`off\``, async () => {
    await openBare();
    await place({ network: "off", view: "badge" }, { credential: text("own/did-key.json") });
    await headline();
    assert.deepEqual(await later(), []);
    const credential = text(file);
    const policy = { now: "2026-11-22T12:00:00Z", keys: vouched(credential) };
    await place({ network: "off", view: "badge" }, { credential, policy });
    await page.until((passing) => document.querySelector("#one").report?.checks
      .some(({ id, outcome }) => id === passing && outcome === "pass"), [passing]);
    assert.deepEqual((await later()).sort(), [...expected].sort());
    assert.deepEqual(await page.consoleErrors(), []);
  });
}

/** The parts that the page asked for, beside the core. */
const later = async () => (await page.requests())
  .flatMap((address) => /(\w[\w-]*)_bg\.wasm/.exec(address)?.[1] ?? [])
  .filter((name) => name !== "verify_credential");

/** Opens the list of checks of an element, or closes it. */
const toggle = (id) => page.exec(
  (id) => document.querySelector(id).shadowRoot.querySelector("details.checks > summary").click(), id);

/** How many lines an open list has. */
const lines = (id) => page.exec(
  (id) => document.querySelector(id).shadowRoot.querySelectorAll("details.checks[open] [data-check]").length, id);

test("what a card shows second is loaded with it, once for all elements, and a badge does without", async () => {
  await openBare();
  await place({ network: "off", view: "badge" }, { credential: text("own/did-key.json") });
  await headline();
  assert.deepEqual(await later(), []);
  await place({ network: "off" }, { credential: text("own/did-key.json") });
  await page.until(() => document.querySelector("#one").shadowRoot.querySelector("[part=facts]"));
  await page.exec(() => document.querySelector("#one").shadowRoot.querySelector("summary").focus());
  await toggle("#one");
  await page.until(() => document.querySelector("#one").shadowRoot.querySelector("details[open] [data-check]"));
  assert.deepEqual(await later(), ["look"]);
  assert.equal(await page.exec(() => document.querySelector("#one").shadowRoot.activeElement.localName), "summary");
  // The next one is drawn whole at once.
  await place({ network: "off" }, { credential: text("own/did-key.json") });
  await headline();
  await toggle("#one");
  assert.ok((await lines("#one")) > 5);
  assert.deepEqual(await later(), [], "neither again, nor anything else");
  assert.deepEqual(await page.consoleErrors(), []);
});

test("the full view has everything without a press", async () => {
  await openBare();
  await place({ network: "off", view: "full" }, { credential: text("own/did-key.json") });
  await page.until(() => document.querySelector("#one").shadowRoot.querySelector("details [data-check]"));
  assert.deepEqual(await later(), ["look"]);
});

test("details that cannot be loaded are said to be missing, and tried again", { skip: lacks("cdp") }, async () => {
  await openBare();
  const blocked = (urls) => page.cdp("Network.setBlockedURLs", { urls });
  const waiting = () => page.exec(
    () => document.querySelector("#one").shadowRoot.querySelector("details .opened")?.textContent ?? null);
  await page.cdp("Network.enable");
  try {
    await blocked(["*look_bg.wasm*"]);
    await place({ network: "off" }, { credential: text("own/did-key.json") });
    assert.equal(await headline(), "genuine-issuer-unconfirmed", "the first answers stand without it");
    await page.until(() => document.querySelector("#one").shadowRoot.querySelector(".block.opened"));
    assert.equal(await lines("#one"), 0);
    assert.notEqual(await page.exec(
      () => document.querySelector("#one").shadowRoot.querySelector("summary .count").textContent), "");
  } finally {
    await blocked([]);
  }
  await toggle("#one");
  await page.until(() => document.querySelector("#one").shadowRoot.querySelector("details[open] [data-check]"));
  assert.equal(await waiting(), null);
  await page.consoleErrors();
});

/** The keys of fictional issuers, as the policy takes them. @param {string} credential */
function vouched(credential) {
  if (!credential.startsWith("{")) return {};
  const { issuer, proof } = JSON.parse(credential);
  const key = proof?.verificationMethod?.split("#")[1];
  return key ? { [issuer.id ?? issuer]: key } : {};
}

test("what an altered credential claims is hidden until it is asked for", async () => {
  await open();
  await place({}, { credential: text(TAMPERED) });
  assert.equal(await headline(), "do-not-rely");
  assert.doesNotMatch(await shown(), /A tampered credential/);
  await page.click('#one >>> [data-action="reveal"]');
  await page.until(() => document.querySelector("#one").shadowRoot.textContent.includes("A tampered credential"));
  assert.equal(await page.exec(() => document.querySelector("#one").report.credential ?? null), null);
  // Another source hides again.
  await page.exec((credential) => { document.querySelector("#one").credential = credential; }, text(TAMPERED) + "\n");
  await headline();
  assert.doesNotMatch(await shown(), /A tampered credential/);
});

test("a file is dropped, or chosen, and the zone comes back", async () => {
  await open();
  await place({});
  await hasAction("choose");
  await page.dropFile('#one >>> [data-role="zone"]', { name: "badge.json", bytes: readFileSync(VECTORS + UNCONFIRMED) });
  assert.equal(await headline(), "genuine-issuer-unconfirmed");
  await page.click('#one >>> [data-action="clear"]');
  await hasAction("choose");
  assert.equal(await page.exec(() => document.querySelector("#one").report), null);
  await page.setFile('#one >>> [data-role="file"]', VECTORS + TAMPERED);
  assert.equal(await headline(), "do-not-rely");
});

test("text is pasted with the keyboard alone", async () => {
  await open();
  await place({});
  await hasAction("paste");
  const reached = async (selector) => page.exec(
    (selector) => document.querySelector("#one").shadowRoot.activeElement?.matches(selector) ?? false, selector);
  await page.exec(() => document.querySelector("#main").focus());
  for (let press = 0; press < 12 && !(await reached("textarea")); press += 1) {
    if (await reached("summary")) await page.keys("Enter");
    await page.keys("Tab");
  }
  assert.ok(await reached("textarea"), "the text field is reached with Tab");
  await page.exec((text) => { document.querySelector("#one").shadowRoot.activeElement.value = text; }, text(UNCONFIRMED));
  for (let press = 0; press < 4 && !(await reached('[data-action="paste"]')); press += 1) await page.keys("Tab");
  await page.keys("Enter");
  assert.equal(await headline(), "genuine-issuer-unconfirmed");
  assert.equal(await page.exec(() => document.activeElement.id), "one", "the focus stays in the element");
});

test("a paste anywhere in the zone is taken, files before text", async () => {
  await open();
  await place({});
  await hasAction("choose");
  await page.exec((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const zone = document.querySelector("#one").shadowRoot.querySelector("[data-role=zone]");
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    // Firefox lets no script say what is pasted.
    if (!event.clipboardData?.types.length) Object.defineProperty(event, "clipboardData", { value: data });
    zone.dispatchEvent(event);
  }, text(UNCONFIRMED));
  assert.equal(await headline(), "genuine-issuer-unconfirmed");
});

test("sources go by precedence, and `off` refuses an address", async () => {
  await open();
  const address = `${site.address}tests/vectors/${UNCONFIRMED}`;
  await place({ src: address });
  assert.equal(await headline(), "genuine-issuer-unconfirmed");

  await place({ src: `data:application/json;base64,${Buffer.from(text(TAMPERED)).toString("base64")}`, network: "off" });
  assert.equal(await headline(), "do-not-rely");

  await place({ src: address }, { credential: text(TAMPERED) });
  assert.equal(await headline(), "do-not-rely");
  await page.exec(() => { document.querySelector("#one").credential = null; });
  await page.until(() => document.querySelector("#one").report?.headline === "genuine-issuer-unconfirmed");

  await page.requests();
  await place({ src: address, network: "off" });
  await page.until(() => document.querySelector("#one").shadowRoot.querySelector("[part=root]")?.textContent);
  assert.deepEqual((await page.requests()).filter((one) => one.includes("legacy-noStatus")), []);
  assert.equal(await page.exec(() => document.querySelector("#one").report), null);

  await page.exec((text) => {
    const element = document.createElement("verify-credential");
    const script = document.createElement("script");
    script.type = "application/vc+json";
    script.append(text);
    element.id = "one";
    element.append(script);
    document.querySelector("main").replaceChildren(element);
  }, text(UNCONFIRMED));
  assert.equal(await headline(), "genuine-issuer-unconfirmed");
});

test("a source of another host waits for consent", async () => {
  await liftPolicy();
  await open();
  await place({ src: "https://issuer.example/badge.json" });
  await hasAction("fetch-source");
  assert.match(await shown(), /issuer\.example/);
  assert.deepEqual(await foreign(), []);
  await page.click('#one >>> [data-action="fetch-source"]');
  await hasAction("retry");
  assert.deepEqual(await foreign(), ["https://issuer.example/badge.json"]);
  // Consent was for that address.
  await page.exec(() => { document.querySelector("#one").src = "https://other.example/badge.json"; });
  await hasAction("fetch-source");
  assert.deepEqual(await foreign(), []);
});

test("a property set before the element was known counts, an object is refused", async () => {
  await open();
  await page.exec((text) => {
    const element = document.implementation.createHTMLDocument().createElement("verify-credential");
    element.id = "one";
    element.credential = text;
    document.querySelector("main").replaceChildren(element);
  }, text(UNCONFIRMED));
  assert.equal(await headline(), "genuine-issuer-unconfirmed");
  const refusal = await page.exec(() => {
    try {
      document.querySelector("#one").credential = {};
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  });
  assert.match(refusal, /^TypeError: .*exact/);
});

test("a link carries a credential", async () => {
  await open(`#vc=${Buffer.from(text(UNCONFIRMED)).toString("base64url")}`);
  await page.until(() => document.querySelector("#try").report?.headline === "genuine-issuer-unconfirmed");
  await page.click("#another");
  await page.until(() => document.querySelector("#try").shadowRoot.querySelector('[data-role="zone"]') !== null);
  assert.equal(await page.exec(() => location.hash), "");
});

test("once loaded, it works without a network", async () => {
  await open();
  await page.until(() => document.querySelector("#try").shadowRoot.querySelector('[data-role="zone"]') !== null);
  await page.setOffline(true);
  await place({ network: "auto" });
  await hasAction("choose");
  await page.dropFile('#one >>> [data-role="zone"]', { name: "a.json", bytes: readFileSync(VECTORS + UNCONFIRMED) });
  assert.equal(await headline(), "genuine-issuer-unconfirmed");
});

test("after a trap the verifier starts anew, and nothing is said about the credential", async () => {
  // Where no other element works: the trap is for the one that is placed.
  await openBare();
  await place({}, { credential: text(UNCONFIRMED) });
  await headline();
  await page.until(() => document.querySelector("#one").shadowRoot.querySelector("[part=facts]"));
  await page.requests();
  await page.execAsync(async () => {
    const symbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description.startsWith("verify-credential"));
    const { exports } = await globalThis[symbol].loading;
    exports.Verification.prototype.verify = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
  });
  await place({}, { credential: text(UNCONFIRMED) });
  await hasAction("retry");
  assert.deepEqual(await events(), []);
  assert.equal(await page.exec(() => document.querySelector("#one").report), null);
  await page.click('#one >>> [data-action="retry"]');
  assert.equal(await headline(), "genuine-issuer-unconfirmed");
  const wasm = (await page.requests()).filter((address) => address.includes("_bg.wasm"));
  assert.equal(wasm.length, 0, "the compiled code is kept");
});

test("an element whose verifier another one stopped goes on with a new one", async () => {
  await open();
  await place({}, { credential: text(TAMPERED) });
  assert.equal(await headline(), "do-not-rely");
  await page.execAsync(async () => {
    const symbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description.startsWith("verify-credential"));
    const engine = await globalThis[symbol].loading;
    Object.assign(engine, { stopped: true });
    globalThis[symbol].loading = null;
  });
  await page.click('#one >>> [data-action="reveal"]');
  await page.until(() => document.querySelector("#one").shadowRoot.textContent.includes("A tampered credential"));
  assert.equal(await headline(), "do-not-rely");
  assert.deepEqual(await page.consoleErrors(), []);
});

test("it fits 320 pixels and up, light and dark", async () => {
  for (const dark of [false, true]) {
    await page.setMedia({ "prefers-color-scheme": dark ? "dark" : "light" });
    for (const width of [320, 768, 1280]) {
      await page.setViewport(width, 900);
      await open();
      await seeAll();
      await page.until(() => [...document.querySelectorAll("#grid verify-credential")].every((one) => one.report), [], 30_000);
      const name = `${SCREENSHOTS}/page-${width}-${dark ? "dark" : "light"}`;
      await page.screenshot(`${name}.png`, { whole: true });
      await page.exec(() => document.querySelectorAll(".toggle").forEach((toggle) => toggle.click()));
      await page.until(() => [...document.querySelectorAll("#grid verify-credential")].every((one) => one.view === "card"));
      await page.screenshot(`${name}-open.png`, { whole: true });
      assert.ok(await page.exec(() => document.documentElement.scrollWidth <= innerWidth), `${width} px: nothing sticks out`);
    }
  }
});
