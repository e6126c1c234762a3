// The element as a field of a form: what is submitted, and what a form accepts.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { engine, openPage, serveSite } from "./driver.mjs";

const VECTORS = "tests/vectors/";
const FIXTURES = "08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/";
const GENUINE = `${FIXTURES}legacy-noStatus-noExpiry.json`;
const TAMPERED = `${FIXTURES}legacy-noStatus-noExpiry-tampered.json`;
const EXPIRED = `${FIXTURES}legacy-noStatus-expired.json`;
const PNG = "own/baked-openbadge.png";
const SVG = "08-open-badges-3/andamio/baked-svg/203e63f457e0b808.77547ab066d5.svg";
const ACCEPTED = "genuine-issuer-unconfirmed verified";

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 1280, height: 900 });
  await page.goto(site.address);
  await page.until(() => customElements.get("verify-credential"));
});

after(async () => {
  await page?.close();
  await site?.close();
});

const bytes = (file) => readFileSync(VECTORS + file);
const text = (file) => bytes(file).toString();

/** Puts a form with one element into an emptied page. */
async function place(attributes, properties = {}, { fieldset = false } = {}) {
  await page.exec((attributes, properties, fieldset) => {
    const form = document.createElement("form");
    const element = document.createElement("verify-credential");
    element.id = "one";
    for (const [name, value] of Object.entries({ network: "off", ...attributes })) element.setAttribute(name, value);
    Object.assign(element, properties);
    const button = document.createElement("button");
    button.append("Apply");
    const group = document.createElement(fieldset ? "fieldset" : "div");
    group.append(element);
    form.append(group, button);
    globalThis.submits = 0;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      globalThis.submits += 1;
    });
    document.querySelector("main").replaceChildren(form);
    globalThis.early = element.checkValidity();
  }, attributes, properties, fieldset);
}

const headline = () => page.until(() => document.querySelector("#one").report?.headline);
const drawn = (selector) => page.until(
  (selector) => document.querySelector("#one").shadowRoot.querySelector(selector) !== null, [selector]);
const valid = () => page.exec(() => document.querySelector("#one").checkValidity());
const flags = () => page.exec(() => {
  const { validity } = document.querySelector("#one");
  return ["valueMissing", "customError"].filter((name) => validity[name]);
});
const message = () => page.exec(() => document.querySelector("#one").validationMessage);

/** What the form would send: name, file name, media type, digest of the bytes. */
const sent = () => page.execAsync(async () => Promise.all([...new FormData(document.querySelector("form"))].map(
  async ([name, file]) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return [name, file.name, file.type, btoa(String.fromCharCode(...digest))];
  })));
const digest = (bytes) => createHash("sha256").update(bytes).digest("base64");

test("the original bytes are submitted, named and typed as what they are", async () => {
  const jwt = "eyJhbGciOiJub25lIn0.e30.";
  const table = [
    [GENUINE, "badge.json", "application/json"],
    [PNG, "badge.png", "image/png"],
    [SVG, "badge.svg", "image/svg+xml"],
  ];
  for (const [file, name, type] of table) {
    await place({ name: "badge" });
    await drawn('[data-role="zone"]');
    assert.deepEqual(await sent(), []);
    await page.dropFile('#one >>> [data-role="zone"]', { name, bytes: bytes(file) });
    await headline();
    assert.deepEqual(await sent(), [["badge", name, type, digest(bytes(file))]]);
  }
  const given = [
    [` \n${text(GENUINE)}\n`, "credential.json", "application/json"],
    [jwt, "credential.jwt", "application/jwt"],
    ["nothing known", "credential.bin", "application/octet-stream"],
  ];
  for (const [credential, name, type] of given) {
    await place({ name: "badge" }, { credential });
    await headline();
    assert.deepEqual(await sent(), [["badge", name, type, digest(credential)]]);
  }
  await place({ name: "badge", src: `${site.address}tests/vectors/${PNG}`, network: "ask" });
  await headline();
  assert.deepEqual(await sent(), [["badge", "baked-openbadge.png", "image/png", digest(bytes(PNG))]]);
});

test("nothing is submitted without a name, when disabled, or after a reset", async () => {
  await place({}, { credential: text(GENUINE) });
  await headline();
  assert.deepEqual(await sent(), []);
  await page.exec(() => { document.querySelector("#one").name = "badge"; });
  assert.equal((await sent()).length, 1);
  await page.exec(() => { document.querySelector("#one").disabled = true; });
  assert.deepEqual(await sent(), []);
  await page.exec(() => { document.querySelector("#one").disabled = false; });
  assert.equal((await sent()).length, 1);
  await page.exec(() => document.querySelector("form").reset());
  await drawn('[data-role="zone"]');
  assert.deepEqual(await sent(), []);
  assert.equal(await page.exec(() => document.querySelector("#one").credential), null);
  assert.equal(await page.exec(() => document.querySelector("#one").report), null);
});

test("a reset goes back to the address in the attribute", async () => {
  const src = `${site.address}tests/vectors/${GENUINE}`;
  await place({ name: "badge", src, network: "ask" }, { credential: text(TAMPERED) });
  assert.equal(await headline(), "do-not-rely");
  await page.exec(() => document.querySelector("form").reset());
  await page.until(() => document.querySelector("#one").report?.headline === "genuine-issuer-unconfirmed");
  assert.equal((await sent())[0][3], digest(bytes(GENUINE)));
});

test("the zone says that it is sent nowhere where that is so, and only there", async () => {
  const shown = () => page.exec(() => document.querySelector("#one").shadowRoot.querySelector("[part=zone] p").textContent);
  await place({});
  await drawn('[data-role="zone"]');
  const alone = await shown();
  await page.exec(() => { document.querySelector("#one").name = "badge"; });
  await page.until((alone) => document.querySelector("#one").shadowRoot.querySelector("[part=zone] p").textContent !== alone, [alone]);
  assert.notEqual(await shown(), alone);
  await page.exec(() => document.querySelector("main").append(document.querySelector("#one")));
  await page.until((alone) => document.querySelector("#one").shadowRoot.querySelector("[part=zone] p").textContent === alone, [alone]);
});

test("nothing is demanded unless it is asked for", async () => {
  await place({ name: "badge" });
  assert.equal(await valid(), true);
  for (const credential of [text(TAMPERED), "nothing known"]) {
    await place({ name: "badge" }, { credential });
    assert.equal(await valid(), true);
    await headline();
    assert.equal(await valid(), true);
  }
});

test("`required` needs a credential whose headline is accepted, by default `verified` alone", async () => {
  await place({ required: "" });
  assert.equal(await valid(), false);
  assert.deepEqual(await flags(), ["valueMissing"]);
  await drawn('[data-role="zone"]');
  assert.deepEqual(await flags(), ["valueMissing"]);
  assert.notEqual(await message(), "");

  const table = [
    [GENUINE, "genuine-issuer-unconfirmed", null, false],
    [GENUINE, "genuine-issuer-unconfirmed", ACCEPTED, true],
    [TAMPERED, "do-not-rely", ACCEPTED, false],
    [EXPIRED, "expired", ACCEPTED, false],
    [EXPIRED, "expired", "  verified\n expired", true],
    [EXPIRED, "expired", "", false],
    ["08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json", "not-fully-checked", ACCEPTED, false],
  ];
  for (const [file, expected, accepted, good] of table) {
    const attributes = accepted === null ? { required: "" } : { required: "", "accept-headlines": accepted };
    await place(attributes, { credential: text(file) });
    assert.equal(await page.exec(() => globalThis.early), false, "nothing is accepted before it is checked");
    assert.equal(await headline(), expected);
    assert.equal(await valid(), good, `${expected} in ${accepted}`);
    assert.deepEqual(await flags(), good ? [] : ["customError"]);
    assert.doesNotMatch(await message(), /[{}]/);
    assert.equal((await message()) === "", good);
  }
});

test("`accept-headlines` without `required` may be left empty, and is heeded at once when it changes", async () => {
  await place({ "accept-headlines": "verified" });
  await drawn('[data-role="zone"]');
  assert.equal(await valid(), true);
  await place({ "accept-headlines": "verified" }, { credential: text(GENUINE) });
  await headline();
  assert.equal(await valid(), false);
  await page.exec((accepted) => { document.querySelector("#one").acceptHeadlines = accepted; }, ACCEPTED);
  assert.equal(await valid(), true);
  await page.exec(() => { document.querySelector("#one").setAttribute("accept-headlines", "revoked"); });
  assert.equal(await valid(), false);
  await page.exec(() => { document.querySelector("#one").removeAttribute("accept-headlines"); });
  assert.equal(await valid(), true);
});

test("an address that may not be asked counts as missing", async () => {
  await place({ required: "", src: "https://issuer.example/badge.json", network: "ask" });
  await drawn('[data-action="fetch-source"]');
  assert.deepEqual(await flags(), ["valueMissing"]);
  assert.match(await message(), /issuer\.example/);
});

test("where nothing can be checked, nothing is accepted", async () => {
  await place({ "accept-headlines": ACCEPTED }, { credential: text(GENUINE), policy: { misspelt: 1 } });
  await drawn("[part=fallback]");
  assert.equal(await page.exec(() => document.querySelector("#one").report), null);
  assert.equal(await valid(), false);
  assert.deepEqual(await flags(), ["customError"]);
  assert.match((await page.consoleErrors()).join(), /unknown-member/);
});

test("the page's own objection stands until it is taken back", async () => {
  await place({}, { credential: text(GENUINE) });
  await headline();
  await page.exec(() => document.querySelector("#one").setCustomValidity("Not this one"));
  assert.deepEqual([await valid(), await message()], [false, "Not this one"]);
  await page.exec((credential) => { document.querySelector("#one").credential = credential; }, text(EXPIRED));
  await page.until(() => document.querySelector("#one").report?.headline === "expired");
  assert.deepEqual([await valid(), await message()], [false, "Not this one"]);
  await page.exec(() => document.querySelector("#one").setCustomValidity(""));
  assert.equal(await valid(), true);
});

test("a press on the button sends the focus to what is not accepted, and submits what is", async () => {
  await place({ name: "badge", required: "", "accept-headlines": ACCEPTED });
  await drawn('[data-role="zone"]');
  await page.click("form > button");
  assert.equal(await page.exec(() => globalThis.submits), 0);
  assert.equal(await page.exec(() => document.activeElement.id), "one");
  assert.equal(await page.exec(() => document.querySelector("#one").matches(":user-invalid, :invalid")), true);
  await page.dropFile('#one >>> [data-role="zone"]', { name: "a.json", bytes: bytes(GENUINE) });
  await headline();
  await page.click("form > button");
  assert.equal(await page.exec(() => globalThis.submits), 1);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("it has what a native control has", async () => {
  await place({ name: "badge", id: "one" });
  const seen = await page.exec(() => {
    const [element, form] = [document.querySelector("#one"), document.querySelector("form")];
    const label = document.createElement("label");
    label.htmlFor = "one";
    form.prepend(label);
    return [
      element.form === form, form.elements.namedItem("badge") === element, element.labels.length, element.type,
      element.name, element.willValidate, typeof element.reportValidity,
    ];
  });
  assert.deepEqual(seen, [true, true, 1, "verify-credential", "badge", true, "function"]);
});

test("disabled, it takes nothing and demands nothing; what is there stays readable", async () => {
  await place({ required: "" }, {}, { fieldset: true });
  await drawn('[data-role="zone"]');
  await page.exec(() => { document.querySelector("fieldset").disabled = true; });
  await drawn('[data-action="choose"]:disabled');
  assert.equal(await valid(), true);
  await page.dropFile('#one >>> [data-role="zone"]', { name: "a.json", bytes: bytes(GENUINE) });
  await new Promise((next) => setTimeout(next, 100));
  assert.equal(await page.exec(() => document.querySelector("#one").report), null);
  await page.exec(() => { document.querySelector("fieldset").disabled = false; });
  await drawn('[data-action="choose"]:enabled');
  await page.dropFile('#one >>> [data-role="zone"]', { name: "a.json", bytes: bytes(GENUINE) });
  await headline();
  await page.exec(() => { document.querySelector("#one").disabled = true; });
  await drawn('[data-action="clear"]:disabled');
  await drawn("summary");
  assert.equal(await page.exec(() => document.querySelector("#one").report.headline), "genuine-issuer-unconfirmed");
});

test("it may join a form later", async () => {
  await page.exec((credential) => {
    const form = document.createElement("form");
    form.id = "late";
    const element = document.createElement("verify-credential");
    Object.assign(element, { id: "one", name: "badge", credential });
    document.querySelector("main").replaceChildren(form, element);
  }, text(GENUINE));
  await headline();
  await page.exec(() => document.querySelector("#one").setAttribute("form", "late"));
  await page.until(() => [...new FormData(document.querySelector("#late"))].length === 1);
  await headline();
});

test("the site's own form shows what would be sent", async () => {
  await page.goto("about:blank");
  await page.goto(`${site.address}#apply`);
  const shown = (name) => page.until((name) => document.querySelector("#badge").report?.headline === name, [name]);
  await page.until(() => document.querySelector("#badge").shadowRoot?.querySelector('[data-role="zone"]'));
  await page.click(".main-button");
  assert.equal(await page.exec(() => document.querySelector("#sent").textContent), "");
  await page.click('[data-example="expired"]');
  await shown("expired");
  await page.click(".main-button");
  assert.equal(await page.exec(() => document.querySelector("#sent").textContent), "");
  await page.screenshot(`target/screenshots/${engine}/form-refused.png`);
  await page.click('[data-example="good"]');
  await shown("verified");
  await page.click(".main-button");
  assert.match(await page.exec(() => document.querySelector("#sent").textContent), /badge: credential\.json, application\/json/);
  await page.screenshot(`target/screenshots/${engine}/form-accepted.png`, { whole: true });
  await page.click('[type="reset"]');
  await page.until(() => document.querySelector("#badge").shadowRoot.querySelector('[data-role="zone"]'));
  assert.equal(await page.exec(() => document.querySelector("#sent").textContent), "");
  assert.deepEqual(await page.consoleErrors(), []);
});
