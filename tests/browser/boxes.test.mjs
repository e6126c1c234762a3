// Nothing that is drawn is cut, lies over something else, or makes the reader scroll sideways: in every state, in what
// is most likely to break it. `cargo xtask gallery` measures all the rest.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints, draw, setWidth, showStates } from "../gallery/states.mjs";
import { openPage, serveSite } from "./driver.mjs";

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

test("every state has the headline that it stands for", async () => {
  const shown = await showStates(page, site);
  assert.deepEqual(shown.map(([state, is]) => [state, is]), shown.map(([state, , should]) => [state, should]));
  assert.ok(new Set(shown.map(([, is]) => is)).size >= 10, "each headline there is, and none");
});

for (const [look, view] of [["light", "opened"], ["dark", "badge"], ["rtl", "card"], ["rtl", "full"]]) {
  test(`${view}, ${look}: everything stays in its box`, async () => {
    await draw(page, look, view);
    for (const width of [200, 320, 400, 768, 1200]) {
      await setWidth(page, width);
      assert.deepEqual(await complaints(page), [], `${width} px`);
    }
  });
}

test("what does not stay in its box is noticed", async () => {
  await draw(page, "light", "card");
  await setWidth(page, 400);
  await page.exec(() => {
    const root = document.querySelector("[data-state=verified] verify-credential").shadowRoot;
    const [title, headline] = [root.querySelector(".title"), root.querySelector(".headline")];
    title.style.whiteSpace = "nowrap";
    title.textContent = "wide ".repeat(60);
    Object.assign(headline.style, { overflow: "hidden", blockSize: "8px", marginBlockEnd: "-30px" });
  });
  const said = await complaints(page);
  for (const what of [/stands out of the card|\d+ px in/, /is cut/, /lies over/]) assert.ok(said.some((one) => what.test(one)), `${what}: ${said}`);
});
