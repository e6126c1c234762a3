// What a reader does without a pointer, and what is read out to one who does not see: every control can be reached and
// seen, headings stand in order, and a verdict is told once.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { engine, lacks, openPage, serveSite } from "./driver.mjs";
import { CARDS, OTHERS, mount, openBare, settled, text } from "./states.mjs";

const TARGET_MIN = 24;
const CONTROLS = "a[href], button, summary, textarea, input:not([tabindex='-1']), [tabindex='0']";
const RICH = CARDS.slice(0, 1);

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

afterEach(() => page.liftPolicy(false));

const openAll = async () => {
  await page.exec(() => document.querySelectorAll("verify-credential").forEach(({ shadowRoot }) => {
    shadowRoot.querySelectorAll("details").forEach((details) => { details.open = true; });
  }));
  await settled(page);
};

for (const view of ["card", "full"]) {
  test(`the keyboard reaches every control of the ${view} in its order, and shows where it is`, async () => {
    await mount(page, RICH, { view });
    await openAll();
    const all = await page.exec((selector) => [...document.querySelector("verify-credential").shadowRoot.querySelectorAll(selector)]
      .filter((element) => element.checkVisibility()).length, CONTROLS);
    assert.ok(all > 5, `${all} controls`);
    await page.exec(() => document.body.focus());
    const reached = [];
    for (let at = 0; at < all; at += 1) {
      await page.keys("Tab");
      reached.push(await page.exec((selector) => {
        const { shadowRoot } = document.querySelector("verify-credential");
        const controls = [...shadowRoot.querySelectorAll(selector)].filter((element) => element.checkVisibility());
        const active = shadowRoot.activeElement;
        const { outlineStyle, outlineWidth } = active ? getComputedStyle(active) : {};
        return [controls.indexOf(active), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
      }, CONTROLS));
    }
    assert.deepEqual(reached, Array.from({ length: all }, (_, at) => [at, true]));
  });
}

test("every target measures 24 pixels, or stands in a line of text", async () => {
  for (const view of ["card", "badge", "full"]) {
    await mount(page, [...CARDS, ...OTHERS], { view, network: "ask" });
    if (view === "card") await openAll();
    const small = await page.exec((selector, least) => [...document.querySelectorAll("verify-credential")].flatMap((host) => 
      [...host.shadowRoot.querySelectorAll(selector)].filter((element) => element.checkVisibility() && !element.closest(".words")).flatMap((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < least || height < least ? [`${host.dataset.state}: ${element.localName}.${element.className} ${width}×${height}`] : [];
      })), CONTROLS, TARGET_MIN);
    assert.deepEqual(small, [], view);
  }
});

test("headings begin at the level that is asked for, and skip none", async () => {
  for (const level of [1, 2, 3, 4, 5, 6]) {
    await mount(page, [...CARDS, OTHERS[0]], { view: "full", "heading-level": String(level) });
    const wrong = await page.exec((level) => [...document.querySelectorAll("verify-credential")].flatMap((host) => {
      const levels = [...host.shadowRoot.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(({ localName }) => Number(localName[1]));
      const isSound = levels[0] === level && levels.every((one, at) => at === 0 || (one >= Math.min(level + 1, 6) && one <= levels[at - 1] + 1));
      return isSound ? [] : [`${host.dataset.state}: ${levels}`];
    }), level);
    assert.deepEqual(wrong, [], `${level}`);
  }
});

test("a verdict is told once, however often it is drawn", async () => {
  await page.liftPolicy(true);
  await openBare(page, site);
  // What stands in a live region is read out when it changes while it is not busy.
  await page.exec((credential, now) => {
    const element = document.createElement("verify-credential");
    Object.assign(element, { network: "ask", loading: "eager" });
    globalThis.answer = null;
    element.resolver = () => new Promise((next) => { globalThis.answer = next; });
    Object.assign(element, { credential, now });
    document.querySelector("main").replaceChildren(element);
    globalThis.told = [];
    let before = "";
    new MutationObserver(() => {
      const regions = [...element.shadowRoot.querySelectorAll('.verdict[role="status"]')];
      if (regions.length > 1) globalThis.told.push("two regions");
      const region = regions[0];
      if (!region || region.closest("[aria-busy=true]")) return;
      const said = region.textContent;
      if (said !== before) globalThis.told.push(region.querySelector(".headline")?.textContent);
      before = said;
    }).observe(element.shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });
  }, text("own/in-force.json"), "2026-11-22T12:00:00Z");
  await page.until(() => globalThis.answer && document.querySelector("verify-credential").shadowRoot.querySelector(".card [role=status]"));
  assert.deepEqual(await page.exec(() => globalThis.told), [], "nothing while it is being checked");
  assert.equal(await page.exec(() => document.querySelector("verify-credential").shadowRoot.querySelector("[role=status]").getAttribute("aria-busy")), "true");
  // Nobody knows: that is the first answer. Then it is drawn again in other ways.
  await page.until(() => {
    globalThis.answer?.(null);
    return document.querySelector("verify-credential").report;
  });
  await page.until(() => globalThis.told.length === 1);
  for (const [name, value] of [["theme", "dark"], ["view", "full"], ["view", "card"], ["heading-level", "3"]]) {
    await page.exec((name, value) => document.querySelector("verify-credential").setAttribute(name, value), name, value);
    await settled(page);
  }
  await openAll();
  assert.equal(await page.exec(() => globalThis.told.length), 1, JSON.stringify(await page.exec(() => globalThis.told)));
});

test("who wants no motion gets none", async () => {
  await page.emulate({ reducedMotion: "reduce" });
  await openBare(page, site);
  await mount(page, [...CARDS, ...OTHERS]);
  await openAll();
  const moving = await page.exec(() => [...document.querySelectorAll("verify-credential")].flatMap(({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return animationName !== "none" || /[1-9]/.test(transitionDuration);
    }).map(({ className }) => className)));
  assert.deepEqual(moving, []);
  await page.emulate({});
});

test("in forced colours the outcomes still look different", { skip: lacks("forced-colors") }, async () => {
  await page.emulate({ forcedColors: "active" });
  await openBare(page, site);
  await mount(page, CARDS, { view: "full" });
  const marks = await page.exec(() => {
    const seen = {};
    for (const { shadowRoot, report } of document.querySelectorAll("verify-credential")) {
      const icon = shadowRoot.querySelector(".verdict > .icon");
      const { color } = getComputedStyle(icon);
      const mark = icon.querySelector(".mark");
      const shape = [...icon.querySelectorAll("path")].map((path) => path.getAttribute("d")).join();
      const ground = getComputedStyle(icon.closest(".verdict")).backgroundColor;
      (seen[report.headline] ??= []).push({ shape, isSeen: color !== ground && (!mark || getComputedStyle(mark).stroke !== color) });
    }
    return seen;
  });
  assert.ok(Object.values(marks).flat().every(({ isSeen }) => isSeen), JSON.stringify(marks));
  const shape = (headline) => marks[headline][0].shape;
  const different = ["verified", "genuine-issuer-unconfirmed", "do-not-rely"].map(shape);
  assert.equal(new Set(different).size, different.length, engine);
  await page.emulate({});
});
