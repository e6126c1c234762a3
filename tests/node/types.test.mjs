// Real reports fit the published types, member for member: TypeScript refuses what is missing and what is too much.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Verification, verifyWhole } from "./whole.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VECTORS = `${ROOT}tests/vectors/`;
// Put there by the step that checks the types of src/js.
const COMPILER = `${ROOT}target/tools/npm/node_modules/typescript/lib/tsc.js`;
const FILES_MAX = 30;

test("reports of every kind have the published type", { skip: !existsSync(COMPILER) && "no TypeScript here" }, () => {
  const { files } = JSON.parse(readFileSync(`${VECTORS}index.json`, "utf8"));
  const present = [...new Set(files.map(({ file }) => VECTORS + file))].filter((file) => existsSync(file));
  const step = Math.ceil(present.length / FILES_MAX);
  const own = ["results-by-points.json", "suspended.json"].map((name) => `${VECTORS}own/${name}`);
  const reports = [...present.filter((_, index) => index % step === 0), ...own].flatMap(reportsOf);
  assert.ok(new Set(reports.map(({ headline }) => headline)).size >= 6);
  assert.ok(reports.some(({ needs }) => needs.length) && reports.some(({ parts }) => parts.length));
  assert.equal(complaints([`const reports: Report[] = ${JSON.stringify(reports)};`]), "");
  // What the test would notice.
  const [report] = reports;
  const wrong = [{ ...report, more: 1 }, { ...report, as_of: undefined }, { ...report, headline: "fine" }];
  const said = complaints(wrong.map((one, index) => `const report${index}: Report = ${JSON.stringify(one)};`));
  for (const expected of [/more"' does not exist/, /as_of.*(missing|undefined)/, /"fine"/]) assert.match(said, expected);
});

/** Without a network, and with what lies at hand. @param {string} file */
function reportsOf(file) {
  const bytes = readFileSync(file);
  return [`${VECTORS}own/offline-map.json`, ""].map((map) => {
    const verification = new Verification(bytes, "", JSON.stringify({ now: "2026-11-22T12:00:00Z" }));
    if (map) verification.provide_part("net");
    if (map) assert.ok(verification.provide_snapshot(snapshot(map)));
    const report = verifyWhole(verification);
    verification.free();
    return report;
  });
}

/** @param {string} file */
function snapshot(file) {
  const map = JSON.parse(readFileSync(file, "utf8"));
  for (const documents of Object.values(map)) {
    for (const [name, document] of Object.entries(documents)) {
      const path = file.replace(/[^/]+$/, document);
      if (document.endsWith(".json") && existsSync(path)) documents[name] = readFileSync(path, "utf8");
    }
  }
  return Buffer.from(JSON.stringify(map));
}

/** What TypeScript says about some lines. @param {string[]} lines */
function complaints(lines) {
  const folder = `${ROOT}target/tools/npm/reports`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/reports.ts`, `import type { Report } from "${ROOT}src/js/types.js";\n${lines.join("\n")}\n`);
  const compilerOptions = {
    noEmit: true, strict: true, target: "es2022", module: "esnext", moduleResolution: "bundler", types: [],
    lib: ["es2022", "dom"],
  };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["reports.ts"] }));
  try {
    return execFileSync(process.execPath, [COMPILER, "--project", folder], { encoding: "utf8" }).trim();
  } catch (error) {
    return error.stdout;
  }
}
