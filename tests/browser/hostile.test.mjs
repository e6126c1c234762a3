// Hostile texts in a page: none leaves its box, none reaches the verdict, none does anything.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";

import { engine, openPage, serveSite } from "./driver.mjs";
import { NOW, OWN, mount, openBare, settled } from "./states.mjs";

const FOLDER = "tests/vectors/own/hostile/";
const WHOLE = readdirSync(FOLDER).filter((name) => !name.includes("-by-nobody"));
const BY_NOBODY = readdirSync(FOLDER).filter((name) => name.includes("-by-nobody"));

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 400, height: 700 });
  // Under the site's policy nothing would be sent or run, whatever the element lets through.
  await page.liftPolicy(true);
  await openBare(page, site);
});

after(async () => {
  await page?.close();
  await site?.close();
});

/** @param {string} file @returns {import("./states.mjs").State} */
const state = (file) => ({
  name: file,
  headline: file.includes("-by-nobody") ? "genuine-issuer-unconfirmed" : "verified",
  properties: { credential: readFileSync(FOLDER + file, "utf8"), resources: OWN, now: NOW },
});

const openAll = async () => {
  await page.exec(() => document.querySelectorAll("verify-credential").forEach(({ shadowRoot }) => {
    shadowRoot.querySelectorAll("details").forEach((details) => { details.open = true; });
  }));
  await settled(page);
};

/** What leaves its box, with its state. */
const escapes = () => page.exec(() => [...document.querySelectorAll("verify-credential")].flatMap((host) => {
  const found = [];
  const say = (element, why) => found.push(`${host.dataset.state}: <${element.localName} class="${element.className}"> ${why}`);
  const outer = host.getBoundingClientRect();
  for (const element of host.shadowRoot.querySelectorAll("*")) {
    if (element.closest(".unseen, svg, pre, textarea") || !element.checkVisibility()) continue;
    const box = element.getBoundingClientRect();
    if (box.left < outer.left - 1 || box.right > outer.right + 1) say(element, `${box.left}–${box.right} in ${outer.left}–${outer.right}`);
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) say(element, `${element.scrollWidth} > ${element.clientWidth}`);
  }
  const blocks = [...host.shadowRoot.querySelector("article").children].map((block) => [block, block.getBoundingClientRect()]);
  if (host.getAttribute("view") !== "badge") {
    blocks.slice(1).forEach(([block, box], at) => {
      if (box.top < blocks[at][1].bottom - 0.5) say(block, "lies over the block before");
    });
  }
  return found.slice(0, 3);
}));

test("no text leaves its box", async () => {
  for (const width of [320, 400, 900]) {
    await page.setViewport(width, 700);
    for (const view of ["card", "badge"]) {
      await mount(page, [...WHOLE, ...BY_NOBODY].map(state), { view });
      if (view === "card") await openAll();
      assert.deepEqual(await escapes(), [], `${view}, ${width}`);
      assert.ok(await page.exec(() => document.documentElement.scrollWidth <= innerWidth), `${view}, ${width}: the page scrolls`);
    }
  }
});

test("the test above would notice", async () => {
  await mount(page, [state("plain.json")]);
  await page.exec(() => { document.querySelector("verify-credential").shadowRoot.querySelector(".about").style.whiteSpace = "nowrap"; });
  await page.exec(() => { document.querySelector("verify-credential").shadowRoot.querySelector(".title").textContent = "W".repeat(500); });
  assert.notDeepEqual(await escapes(), []);
});

/** A picture of what is on the page above the lower edge of `selector`, which stands alone at the top. @param {string} selector */
async function pictureAbove(selector) {
  await page.until(() => !document.querySelector("verify-credential").shadowRoot.querySelector(".second[data-part]"));
  await page.exec((selector) => {
    // A scroll bar would tell how long the rest is.
    document.documentElement.style.overflow = "hidden";
    document.body.style.margin = "0";
    const { bottom } = document.querySelector("verify-credential").shadowRoot.querySelector(selector).getBoundingClientRect();
    const cover = document.querySelector("#cover") ?? document.body.appendChild(document.createElement("div"));
    cover.id = "cover";
    Object.assign(cover.style, { position: "fixed", inset: `${Math.ceil(bottom)}px 0 0`, background: "gray", zIndex: "9" });
    // How a round corner is smoothed depends, by a shade, on how long the card is.
    document.body.style.setProperty("--badge-radius", "0");
    scrollTo(0, 0);
  }, selector);
  // A picture may show the frame before.
  await page.execAsync(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  const path = `target/screenshots/${engine}/hostile.png`;
  await page.screenshot(path);
  await page.exec(() => document.querySelector("#cover").remove());
  return readFileSync(path).toString("base64");
}

/** @param {string[]} files @param {string} selector */
async function sameAbove(files, selector) {
  await page.setViewport(400, 700);
  const pictures = new Map();
  for (const file of files) {
    await mount(page, [state(file)], { theme: "light" });
    pictures.set(file, await pictureAbove(selector));
  }
  const [[, plain]] = [...pictures].filter(([file]) => file.startsWith("plain"));
  assert.deepEqual([...pictures].filter(([, picture]) => picture !== plain).map(([file]) => file), []);
}

test("the verdict looks the same whatever is written below it", () => sameAbove(WHOLE, ".verdict"));

test("the headline looks the same whatever an unknown issuer is called", () => sameAbove(BY_NOBODY, ".headline"));

test("nothing was run or asked for", async () => {
  await mount(page, WHOLE.map(state), { view: "full", network: "ask" });
  await openAll();
  assert.equal(await page.exec(() => globalThis.hurt ?? null), null);
  assert.deepEqual((await page.requests()).filter((address) => !address.startsWith(site.address) && !/^(data|blob|about):/.test(address)), []);
  const links = await page.exec(() => [...document.querySelectorAll("verify-credential")].flatMap(
    ({ shadowRoot }) => [...shadowRoot.querySelectorAll("a")].map(({ href }) => href)));
  assert.ok(links.length > 10, "there are links");
  assert.deepEqual(links.filter((link) => !link.startsWith("https://")), []);
});
