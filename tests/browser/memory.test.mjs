// Elements that come and go leave nothing behind, whatever they showed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { lacks, openPage, serveSite } from "./driver.mjs";
import { CARDS, openBare } from "./states.mjs";

const CYCLES = 1_000;
const MIB = 2 ** 20;

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage();
  await openBare(page, site);
  // Whoever asks for memory from now on is known.
  await page.exec(() => {
    globalThis.instances = [];
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...args) => {
      const made = await instantiate.apply(WebAssembly, args);
      globalThis.instances.push(made.instance ?? made);
      return made;
    };
  });
});

after(async () => {
  await page?.close();
  await site?.close();
});

/**
 * Puts an element in, waits for its report, looks at it in two more ways, and takes it out again: `count` times.
 * @param {number} count
 */
const cycle = (count) => page.execAsync(async (count, states) => {
  const views = ["card", "full", "badge"];
  const languages = ["en", "ar", "ja"];
  for (let at = 0; at < count; at += 1) {
    const element = document.createElement("verify-credential");
    const { properties, attributes } = states[at % states.length];
    for (const [name, value] of Object.entries({ network: "off", loading: "eager", ...attributes })) element.setAttribute(name, value);
    Object.assign(element, properties, { view: views[at % 3] });
    const checked = new Promise((next) => element.addEventListener("credential-checked", next, { once: true }));
    document.querySelector("main").append(element);
    await checked;
    element.view = views[(at + 1) % 3];
    element.lang = languages[at % 3];
    await new Promise((next) => setTimeout(next));
    element.remove();
  }
}, count, CARDS);

async function used() {
  for (let round = 0; round < 2; round += 1) await page.cdp("HeapProfiler.collectGarbage");
  const { usedSize } = await page.cdp("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await page.cdp("Memory.getDOMCounters");
  const wasm = await page.exec(() => globalThis.instances.reduce((sum, { exports }) => sum + (exports.memory?.buffer.byteLength ?? 0), 0));
  return { heap: usedSize, nodes, listeners: jsEventListeners, wasm };
}

test("a thousand elements that came and went leave nothing behind", { skip: lacks("cdp") }, async () => {
  await page.cdp("HeapProfiler.enable");
  await cycle(100);
  const before = await used();
  for (let done = 0; done < CYCLES; done += 100) await cycle(100);
  const after = await used();
  assert.ok(before.wasm > MIB, "the verifier's memory was found");
  assert.equal(after.wasm, before.wasm);
  const said = JSON.stringify({ before, after });
  assert.ok(after.heap - before.heap < MIB, said);
  assert.ok(after.nodes - before.nodes < 1_000, said);
  assert.ok(after.listeners - before.listeners < 100, said);
});
