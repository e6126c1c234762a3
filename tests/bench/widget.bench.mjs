// What verification costs in Chromium: warm, from bytes to report, beside the Digital Bazaar stack; cold, from navigation
// to the first verdict; and what has to be transferred. Started by `cargo xtask bench`, which has built pkg/.
//
// A contender that does not refuse a tampered copy has no number, and makes the run fail. QUICK=1 measures little.

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { openPage, serveSite } from "../browser/driver.mjs";
import { contexts, documents } from "./documents.mjs";

const ROOT = new URL("../../", import.meta.url);
const TOOLS = process.env.BENCH_TOOLS ?? fileURLToPath(new URL("target/bench", ROOT));
const PAGES = `${TOOLS}/pages`;
const QUICK = Boolean(process.env.QUICK);
const SAMPLES = QUICK ? 8 : 60;
const COLD_ROUNDS = QUICK ? 2 : 9;
// In the order of the tables, and where a page imports them from.
const PAGE_OF = { "ours": "/bench/ours.js", "db-vc": "/bench/db-vc.bundle.js", "jose": "/bench/jose.bundle.js" };
const rivalOf = ({ rival }) => rival ?? "db-vc";
/** What each ratio must be, and what it should become: the table of budgets. */
const RATIOS = JSON.parse(readFileSync(new URL("must.json", import.meta.url), "utf8"));
const missed = [];

install();
const work = await documents(ROOT, TOOLS);
build(work);
const site = await serveSite({ mounts: [`/bench/=${PAGES}`, "/glue/=target/glue"] });
let isSound = true;
try {
  isSound = (await warm(site.address)) && isSound;
  for (const slower of [1, 4]) isSound = (await cold(site.address, slower)) && isSound;
  sizes();
} finally {
  await site.close();
}
if (missed.length > 0) {
  console.error(`bench: over what tests/bench/must.json allows: ${missed.join(", ")}`);
  // A quick look is too coarse to fail anything.
  if (!QUICK) process.exitCode = 1;
}
if (!isSound) {
  console.error("bench: a contender accepted what it must refuse, or refused what is good");
  process.exitCode = 1;
}

/** Installs the pinned packages outside the repository, once for each version of the list. */
function install() {
  const list = fileURLToPath(new URL("package.json", import.meta.url));
  const stamp = `${TOOLS}/installed.json`;
  mkdirSync(TOOLS, { recursive: true });
  const wanted = readFileSync(list, "utf8");
  try {
    if (readFileSync(stamp, "utf8") === wanted) return;
  } catch {
    // Nothing is installed yet.
  }
  copyFileSync(list, `${TOOLS}/package.json`);
  const npm = ["install", "--silent", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", npm, { cwd: TOOLS, stdio: "inherit" });
  writeFileSync(stamp, wanted);
}

/** Lays out what the browser loads. */
function build(work) {
  mkdirSync(PAGES, { recursive: true });
  cpSync(fileURLToPath(new URL("pages", import.meta.url)), PAGES, { recursive: true });
  for (const name of ["db-vc", "jose"]) {
    execFileSync(`${TOOLS}/node_modules/.bin/esbuild`, [
      fileURLToPath(new URL(`pages/${name}.js`, import.meta.url)), "--bundle", "--minify", "--format=esm", "--platform=browser",
      // Its map for browsers is one that esbuild does not follow.
      `--alias:base64url-universal=${TOOLS}/node_modules/base64url-universal/lib/browser.js`,
      "--log-level=warning", `--outfile=${PAGES}/${name}.bundle.js`,
    ], { cwd: TOOLS, stdio: "inherit", env: { ...process.env, NODE_PATH: `${TOOLS}/node_modules` } });
  }
  writeFileSync(`${PAGES}/badge.json`, work.find(({ name }) => name === "W1").good[0]);
  writeFileSync(`${PAGES}/work.json`, JSON.stringify(work));
  const used = new Set(work.filter((one) => rivalOf(one) === "db-vc").flatMap(({ good, list }) => [good[0], list ?? "{}"])
    .flatMap((text) => JSON.parse(text)["@context"] ?? []));
  const known = Object.entries(contexts(ROOT)).filter(([url]) => used.has(url));
  writeFileSync(`${PAGES}/contexts.json`, JSON.stringify(Object.fromEntries(known)));
}

/** Warm times of every document by every contender, all in one page and taking turns. */
async function warm(address) {
  const page = await openPage({ direct: true });
  try {
    await page.goto(`${address}bench/empty.html`);
    await page.cdp("Page.bringToFront");
    const rows = [];
    let isSound = true;
    for (const one of work) {
      const { name, title, suite, good } = one;
      const contenders = ["ours", rivalOf(one)].map((contender) => [contender, PAGE_OF[contender]]);
      const results = await page.execAsync(measureInPage, name, contenders, SAMPLES);
      for (const { contender, refuses, accepts, error } of results) {
        if (refuses && accepts) continue;
        isSound = false;
        console.error(`bench: ${contender}, ${name}: ${error ?? (accepts ? "accepts a tampered copy" : "refuses good ones")}`);
      }
      const [ours, theirs] = results;
      const pairs = ours.times.map((one, sample) => one / theirs.times[sample]);
      rows.push([name, suite, title, rivalOf(one), `${good[0].length}`,
        ...[ours, theirs].flatMap(({ times }) => [time(median(times)), time(Math.min(...times))]),
        ...against(name, ours.times.length === theirs.times.length ? median(pairs) : Number.NaN)]);
    }
    console.log(`\nWarm, ms, Chromium, at most ${SAMPLES} samples of ${work[0].good.length} different documents each; `
      + "ratio is the median over samples taken one after the other");
    table(["", "suite", "document", "beside", "bytes", "ours", "min", "theirs", "min", "ratio", "must", "aim"], rows);
    return isSound;
  } finally {
    await page.close();
  }
}

/**
 * Runs in the page. A sample is one pass over all copies, because clocks in pages are coarse.
 * @returns {Promise<{contender: string, accepts: boolean, refuses: boolean, times: number[], error?: string}[]>}
 */
async function measureInPage(name, contenders, samples) {
  const all = globalThis.work ??= await (await fetch("/bench/work.json")).json();
  const work = all.find((one) => one.name === name);
  const results = [];
  for (const [contender, address] of contenders) {
    const result = { contender, accepts: false, refuses: false, times: [], error: undefined };
    results.push(result);
    try {
      const loaded = globalThis.loaded ??= new Map();
      if (!loaded.has(address)) {
        const script = await import(address);
        await script.start();
        loaded.set(address, script);
      }
      result.script = loaded.get(address);
      const { verify } = result.script;
      const judge = async (texts, list) => {
        const verdicts = [];
        for (const text of texts) verdicts.push(await verify(work, text, list));
        return verdicts;
      };
      result.accepts = (await judge(work.good, work.list)).every((verdict) => verdict === true);
      result.refuses = (await judge(work.bad, work.list)).every((verdict) => verdict === false)
        && (!work.badList || (await judge(work.good.slice(0, 2), work.badList)).every((verdict) => verdict === false));
    } catch (error) {
      result.error = String(error);
    }
  }
  const sound = results.filter(({ accepts, refuses }) => accepts && refuses);
  // WebDriver gives a script 30 s, and slow documents need fewer samples.
  const end = performance.now() + 12_000;
  const [warm, least] = work.isRecord ? [1, 2] : [3, 5];
  for (let sample = -warm; sample < samples && (sample < least || performance.now() < end); sample += 1) {
    for (const { script, times } of sound) {
      const start = performance.now();
      for (const text of work.good) await script.verify(work, text, work.list);
      if (sample >= 0) times.push((performance.now() - start) / work.good.length);
    }
    await new Promise((next) => setTimeout(next, 0));
  }
  return results.map(({ script, ...result }) => result);
}

/** From navigation to the first verdict, less what an empty page takes, each in a browser that never saw the page. */
async function cold(address, slower) {
  const names = ["ours", "db-vc"];
  const times = new Map(["empty", ...names].map((name) => [name, []]));
  let isSound = true;
  for (let round = 0; round < COLD_ROUNDS; round += 1) {
    for (const name of names) {
      const page = await openPage({ direct: true });
      try {
        await page.cdp("Network.setCacheDisabled", { cacheDisabled: true });
        await page.cdp("Emulation.setCPUThrottlingRate", { rate: slower });
        // The first page of a browser waits for the browser.
        for (const [index, which] of ["empty", "empty", name].entries()) {
          await page.goto(`${address}bench/${which}.html`);
          const { at, verdict } = await page.until(() => globalThis.verdictAt !== undefined
            && { at: globalThis.verdictAt, verdict: globalThis.verdict }, [], 30_000);
          if (index > 0) times.get(which).push(at);
          isSound &&= verdict === (which === "empty" ? "none" : "valid");
        }
      } finally {
        await page.close();
      }
    }
  }
  const empty = median(times.get("empty"));
  const [ours, theirs] = names.map((name) => median(times.get(name)) - empty);
  console.log(`\nCold, ms from navigation to the first verdict over an empty page's ${empty.toFixed(0)} ms, processor ${slower}x slower, `
    + `${COLD_ROUNDS} rounds; ours draws a card, db-vc nothing; files are served uncompressed`);
  table(["", "ours", "db-vc", "ratio", "must", "aim"],
    [["W1", ours.toFixed(0), theirs.toFixed(0), ...against(`cold_${slower}x`, ours / theirs)]]);
  return isSound;
}

/** What goes over the wire up to the verdict. `cargo xtask pkg` has the table by file. */
function sizes() {
  const brotli = (bytes) => brotliCompressSync(bytes).length;
  const pkg = new URL("pkg/", ROOT);
  const names = ["verify-credential.js", "verify_credential_bg.wasm"];
  const ours = names.map((name) => readFileSync(new URL(name, pkg)));
  const theirs = ["db-vc.bundle.js", "contexts.json"].map((name) => readFileSync(`${PAGES}/${name}`));
  const sum = (list, weigh) => list.reduce((total, bytes) => total + weigh(bytes), 0);
  const row = (name, list) => [name, `${sum(list, (bytes) => bytes.length)}`, `${sum(list, brotli)}`];
  console.log("\nSize, bytes: what a page loads up to a drawn card, and their code with the contexts that these documents use");
  table(["", "raw", "brotli"], [row("ours", ours), row("db-vc", theirs)]);
}

/** A ratio beside what it must be and what it should become; one that is too high, or that is none, is noted. */
function against(name, ratio) {
  const { must, aim } = RATIOS[name] ?? {};
  if (must !== undefined && !(ratio <= must)) missed.push(`${name} (${ratio.toFixed(2)} instead of ${must})`);
  return [Number.isFinite(ratio) ? ratio.toFixed(2) : "-", `${must ?? "-"}`, `${aim ?? "-"}`];
}

function time(value) {
  return Number.isFinite(value) ? value.toFixed(3) : "-";
}

function median(list) {
  return list.toSorted((one, other) => one - other)[list.length >> 1];
}

function table(head, rows) {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  for (const row of [head, ...rows]) {
    console.log(row.map((cell, column) => column < 3 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])).join("  "));
  }
}
