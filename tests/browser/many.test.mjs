// Many elements on one page: each starts as it comes near, all share one verifier, and one press counts for all.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";

import { lacks, openPage, serveSite } from "./driver.mjs";

const VECTORS = "tests/vectors/";
const text = (file) => readFileSync(VECTORS + file, "utf8");
const GENUINE = text("own/did-key.json");
const ANDAMIO = text("08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json");
const ANDAMIO_DID = "https://credentials.andamio.io/.well-known/did.json";
const OTHER = text("08-open-badges-3/dcc-vc-test-fixtures/v1/ed25519/didWeb/oidf-noStatus-noExpiry.json");
const MANY = 300;

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 1000, height: 800 });
});

after(async () => {
  await page?.close();
  await site?.close();
});

afterEach(() => page.liftPolicy(false));

/** Opens the site anew, without its own elements. */
async function open() {
  await page.goto("about:blank");
  await page.requests();
  // A file of the site that has no elements of its own, which would load parts that these do not ask for.
  await page.goto(new URL("site.css", site.address).href);
  // Keeps hold of the instances, whichever script makes them.
  await page.exec(() => {
    globalThis.instances = [];
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...args) => {
      const made = await instantiate.apply(WebAssembly, args);
      globalThis.instances.push(made.instance ?? made);
      return made;
    };
  });
  await page.execAsync(() => import("../pkg/verify-credential.js").then(() => null));
  await page.exec(() => {
    document.body.replaceChildren(document.createElement("main"));
    globalThis.heard = [];
    addEventListener("credential-checked", ({ target }) => globalThis.heard.push(target.id));
  });
}

/**
 * Adds elements, one below the other.
 * @param {number} count
 * @param {Record<string, string>} [attributes]
 */
const add = (count, attributes = {}, credential = GENUINE) => page.exec((count, attributes, credential) => {
  document.querySelector("main").append(...Array.from({ length: count }, (_, index) => {
    const element = document.createElement("verify-credential");
    element.id = `n${index}`;
    for (const [name, value] of Object.entries({ network: "off", view: "badge", ...attributes })) element.setAttribute(name, value);
    element.credential = credential;
    return element;
  }));
}, count, attributes, credential);

const checked = () => page.exec(() => [...document.querySelectorAll("verify-credential")].filter((one) => one.report).length);
const someChecked = () => page.until(() => document.querySelector("#n0").report && !document.querySelector("[aria-busy=true]"));

/** Long enough for whatever still goes on by mistake. */
const pause = () => page.execAsync(() => new Promise((next) => setTimeout(next, 400)));

async function scrollToEnd() {
  await page.execAsync(async () => {
    for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
      scrollTo(0, at);
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    }
  });
  await page.until((many) => [...document.querySelectorAll("verify-credential")].filter((one) => one.report).length === many, [MANY]);
}

test("of three hundred, those near the viewport are checked, the others as they come near, by one verifier", async () => {
  await open();
  await add(MANY);
  await someChecked();
  await pause();
  const first = await checked();
  assert.ok(first >= 5 && first < 60, `${first} at once`);
  assert.equal(await page.exec(() => document.querySelector("#n299").report), null);
  await scrollToEnd();
  assert.equal(await page.exec(() => new Set(globalThis.heard).size), MANY);
  assert.equal(await page.exec(() => globalThis.heard.length), MANY, "each is checked once");
  assert.equal(await page.exec(() => globalThis.instances.length), 1);
  const wasm = (await page.requests()).filter((address) => address.endsWith(".wasm"));
  assert.deepEqual(wasm.map((address) => address.replace(/.*[/]/, "")), ["verify_credential_bg.wasm"]);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("whole cards take their room before they are drawn", async () => {
  await open();
  await add(MANY, { view: "card" });
  await someChecked();
  await pause();
  assert.ok(await checked() < 20, `${await checked()} at once`);
});

test("the memory of elements that are gone is given back", async () => {
  await open();
  const used = () => page.exec(() => globalThis.instances[0].exports.memory.buffer.byteLength);
  const sizes = [];
  for (let round = 0; round < 4; round += 1) {
    await add(MANY, { loading: "eager" }, `${GENUINE}${" ".repeat(20_000)}`);
    await page.until((many) => [...document.querySelectorAll("verify-credential")].filter((one) => one.report).length === many, [MANY]);
    sizes.push(await used());
    await page.exec(() => document.querySelector("main").replaceChildren());
    await pause();
  }
  assert.ok(sizes[0] > 300 * 20_000, "all of them were there at a time");
  assert.equal(sizes[3], sizes[1]);
});

test("eager, hidden, in a form: they start wherever they are", async () => {
  await open();
  await add(MANY);
  await someChecked();
  assert.equal(await page.exec(() => document.querySelector("#n250").report), null);
  await page.exec(() => { document.querySelector("#n250").loading = "eager"; });
  await page.until(() => document.querySelector("#n250").report);
  await page.exec(() => { document.querySelector("#n251").hidden = true; });
  await page.exec(() => {
    const form = document.createElement("form");
    form.id = "far";
    document.body.append(form);
    document.querySelector("#n252").setAttribute("form", "far");
  });
  await page.until(() => document.querySelector("#n252").report);
  await page.exec((credential) => {
    const [box, element] = [document.createElement("div"), document.createElement("verify-credential")];
    box.style.display = "none";
    element.id = "unseen";
    element.credential = credential;
    box.append(element);
    document.querySelector("main").append(box);
  }, GENUINE);
  await page.until(() => document.querySelector("#unseen").report);
  assert.ok(await page.exec(() => globalThis.heard.includes("unseen")));
  assert.equal(await page.exec(() => document.querySelector("#n253").report), null);
});

test("before a page is printed all are checked", { skip: lacks("print") }, async () => {
  await open();
  await add(MANY);
  await someChecked();
  await page.print();
  await page.until((many) => [...document.querySelectorAll("verify-credential")].filter((one) => one.report).length === many, [MANY]);
});

test("what is printed is all checked", { skip: lacks("print-of-what-comes") }, async () => {
  await open();
  await add(MANY);
  await someChecked();
  await page.exec(() => addEventListener("afterprint", () => {
    globalThis.printed = [...document.querySelectorAll("verify-credential")].filter((one) => one.report).length;
  }));
  await page.print();
  assert.equal(await page.until(() => globalThis.printed), MANY);
});

test("an element that is moved is still checked, one that is taken out is not", async () => {
  await open();
  await add(MANY);
  await someChecked();
  await page.exec(() => {
    document.querySelector("main").prepend(document.querySelector("#n280"));
    globalThis.taken = document.querySelector("#n281");
    globalThis.taken.remove();
  });
  await page.until(() => document.querySelector("#n280").report);
  await pause();
  assert.equal(await page.exec(() => globalThis.taken.report), null);
});

/** What the page asked of anybody but its own host since the last call. */
async function foreign() {
  return (await page.requests()).filter((address) => !address.startsWith(site.address) && !/^(data|blob|about):/.test(address));
}

/** @param {string} id @param {Record<string, string>} attributes @param {string | null} credential */
const place = (id, attributes, credential) => page.exec((id, attributes, credential) => {
  const element = document.createElement("verify-credential");
  element.id = id;
  for (const [name, value] of Object.entries({ loading: "eager", ...attributes })) element.setAttribute(name, value);
  element.credential = credential;
  document.querySelector("main").append(element);
}, id, attributes, credential);
const hasAction = (id, action) => page.until(
  (id, action) => document.querySelector(id).shadowRoot.querySelector(`[data-action="${action}"]`) !== null, [id, action]);
const heard = (id) => page.exec((id) => globalThis.heard.filter((one) => one === id).length, id);

test("a press allows a host for every element that waits for it, and for no other host", async () => {
  // Under the policy a forbidden request is never sent, whatever the elements try.
  await page.liftPolicy(true);
  await open();
  await place("first", { network: "ask" }, ANDAMIO);
  await place("second", { network: "ask" }, `${ANDAMIO}\n`);
  await place("other", { network: "ask" }, OTHER);
  await place("silent", { network: "off" }, ANDAMIO);
  for (const id of ["#first", "#second", "#other"]) await hasAction(id, "fetch");
  await page.until(() => document.querySelector("#silent").report);
  assert.deepEqual(await foreign(), []);
  assert.match(await page.exec(() => document.querySelector("#second").shadowRoot.textContent), /credentials\.andamio\.io/);

  await page.click('#first >>> [data-action="fetch"]');
  await page.until(() => ["first", "second"].every((id) => globalThis.heard.filter((one) => one === id).length === 2));
  assert.deepEqual(await foreign(), [ANDAMIO_DID], "one request for both");
  await pause();
  assert.deepEqual([await heard("other"), await heard("silent")], [1, 1]);
  assert.deepEqual(await foreign(), []);

  // One that comes later need not ask again.
  await place("late", { network: "ask" }, ANDAMIO);
  await page.until(() => document.querySelector("#late").report);
  assert.deepEqual(await foreign(), [ANDAMIO_DID]);
  // It was for what checks need, not for whole credentials.
  await place("source", { network: "ask", src: "https://credentials.andamio.io/badge.json" }, null);
  await hasAction("#source", "fetch-source");
  assert.deepEqual(await foreign(), []);
});

test("a press for a credential's own host counts for all that wait for that", async () => {
  await page.liftPolicy(true);
  await open();
  await place("first", { network: "ask", src: "https://issuer.example/1.json" }, null);
  await place("second", { network: "ask", src: "https://issuer.example/2.json" }, null);
  await place("other", { network: "ask", src: "https://other.example/3.json" }, null);
  for (const id of ["#first", "#second", "#other"]) await hasAction(id, "fetch-source");
  assert.deepEqual(await foreign(), []);
  await page.click('#second >>> [data-action="fetch-source"]');
  for (const id of ["#first", "#second"]) await hasAction(id, "retry");
  assert.deepEqual((await foreign()).sort(), ["https://issuer.example/1.json", "https://issuer.example/2.json"]);
  await hasAction("#other", "fetch-source");
  await page.exec(() => document.querySelector("#first").remove());
  await page.click('#other >>> [data-action="fetch-source"]');
  await hasAction("#other", "retry");
  assert.deepEqual(await foreign(), ["https://other.example/3.json"]);
});

test("what was allowed ends with the page", async () => {
  await page.liftPolicy(true);
  await open();
  await place("first", { network: "ask" }, ANDAMIO);
  await hasAction("#first", "fetch");
  await page.click('#first >>> [data-action="fetch"]');
  await page.until(() => globalThis.heard.length === 2);
  await open();
  await place("first", { network: "ask" }, ANDAMIO);
  await hasAction("#first", "fetch");
  assert.deepEqual(await foreign(), []);
});
