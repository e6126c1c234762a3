// Draws the contact sheets: every state in every view, light, dark and from the right, at three widths, as pictures in
// the folder that OUT names. Measures at the same time that nothing is cut, lies over something else or needs scrolling.
// Started by `cargo xtask gallery`; needs the variables that tests/browser/driver.mjs names.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openPage, serveSite } from "../browser/driver.mjs";
import { LOOKS, VIEWS, complaints, draw, setWidth, showStates } from "./states.mjs";

const OUT = process.env.OUT ?? "target/gallery";
/** The widths of the sheets, and how many columns each has. */
const SHEETS = [[320, 4], [768, 2], [1280, 1]];
/** Container widths that are measured besides. */
const MEASURED = [200, 320, 400, 768, 1200];
const PAGE_HEIGHT = 1500;
const GAP = 16;

/**
 * Stacks the cells in columns, and columns in pages one below the other.
 * @param {import("../browser/driver.mjs").Page} page @param {number} width @param {number} columns
 * @returns {Promise<{x: number, y: number, width: number, height: number}[]>} where each page is
 */
const stack = (page, width, columns) => page.exec((width, columns, limit, gap) => {
  const whole = columns * (width + gap) + gap;
  let top = 0;
  let heights = Array(columns).fill(gap);
  const pages = [];
  const close = () => {
    const height = Math.max(...heights);
    pages.push({ x: 0, y: top, width: whole, height });
    top += height;
    heights = Array(columns).fill(gap);
  };
  const cells = [...document.querySelectorAll(".cell")];
  for (const [cell, height] of cells.map((cell) => [cell, cell.offsetHeight])) {
    let at = heights.indexOf(Math.min(...heights));
    if (heights[at] > gap && heights[at] + height + gap > limit) {
      close();
      at = 0;
    }
    Object.assign(cell.style, { position: "absolute", left: `${gap + at * (width + gap)}px`, top: `${top + heights[at]}px` });
    heights[at] += height + gap;
  }
  close();
  return pages;
}, width, columns, PAGE_HEIGHT, GAP);

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const site = await serveSite();
const page = await openPage({ width: 1400, height: 1000 });
const said = new Map();
let pictures = 0;
try {
  for (const [state, is, should] of await showStates(page, site)) if (is !== should) said.set(`${state}: ${is}, not ${should}`, ["any"]);
  for (const look of Object.keys(LOOKS)) {
    for (const view of VIEWS) {
      await draw(page, look, view);
      for (const width of new Set([...MEASURED, ...SHEETS.map(([width]) => width)])) {
        await setWidth(page, width);
        for (const one of await complaints(page)) said.set(one, [...said.get(one) ?? [], `${look} ${view} ${width}`]);
      }
      if (view !== "opened") {
        for (const [width, columns] of SHEETS) pictures += await take(look, view, width, columns);
      }
    }
  }
} finally {
  await page.close();
  await site.close();
}
const lines = [...said].map(([one, where]) => `${one} (${where.join(", ")})`);
writeFileSync(join(OUT, "complaints.txt"), lines.map((line) => `${line}\n`).join(""));
console.log(`${pictures} pictures in ${OUT}, ${lines.length} complaints`);
for (const line of lines) console.log(line);
process.exitCode = lines.length > 0 ? 1 : 0;

/** @param {string} look @param {string} view @param {number} width @param {number} columns */
async function take(look, view, width, columns) {
  await setWidth(page, width);
  const pages = await stack(page, width, columns);
  for (const [at, clip] of pages.entries()) {
    const { data } = await page.cdp("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip: { ...clip, scale: 1 } });
    writeFileSync(join(OUT, `${view}-${look}-${width}-${at + 1}.png`), Buffer.from(data, "base64"));
  }
  return pages.length;
}
