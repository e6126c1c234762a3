// The released wasm gives each case of tests/vectors/forged the answer that its case.json names.
//
// That a case fails for no other reason than its own is held by tests/forged.rs; here it is the package that answers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Verification, htmlOf, verifyWhole } from "./whole.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = `${ROOT}tests/vectors/forged`;

const json = (path) => JSON.parse(readFileSync(path).toString());
const { cases } = json(`${FOLDER}/index.json`);

test("every forged case has its answer", () => {
  assert.ok(cases.length > 90, `only ${cases.length} cases`);
  const complaints = cases.flatMap((name) => complaint(name).map((what) => `${name}: ${what}`));
  assert.deepEqual(complaints, []);
});

test("no forgery is verified unless its case says that nothing signed was changed", () => {
  const relied = cases.filter((name) => judged(name).report.verdict === "valid");
  const isExpected = (name) => judged(name).expect.verdict === "valid" && !isWithoutCurves(judged(name).report);
  const expected = cases.filter(isExpected);
  assert.deepEqual(relied, expected);
  assert.ok(relied.length < cases.length / 3);
});

/** What is not as the case says. */
function complaint(name) {
  const { expect, report, html } = judged(name);
  // ECDSA stands in a module of its own, which is not loaded here: such a signature is unknown.
  if (isWithoutCurves(report)) return report.verdict === "indeterminate" ? [] : ["an answer without ECDSA"];
  const said = [];
  const same = (what, is, expected) => is === expected || said.push(`${what} is ${is}, not ${expected}`);
  same("verdict", report.verdict, expect.verdict);
  same("headline", report.headline, expect.headline);
  if (expect.domain !== undefined) same("domain", report.issuer.domain ?? "", expect.domain);
  for (const { id, outcome, reason } of expect.checks) {
    const found = report.checks.some((it) => it.id === id && it.outcome === outcome && it.reason === reason);
    if (!found) said.push(`no ${id} ${outcome} ${reason}`);
  }
  for (const text of expect.shows ?? []) if (!html.includes(text)) said.push(`does not show ${text}`);
  for (const text of expect.hides ?? []) if (html.includes(text)) said.push(`shows ${text}`);
  return said;
}

/** Whether a signature was not looked at for want of the module with ECDSA. */
function isWithoutCurves(report) {
  return report.checks.some(({ reason }) => reason === "part-not-loaded");
}

/** The case, its report, and its card as HTML text. */
function judged(name) {
  const folder = `${FOLDER}/${name}`;
  const { file, policy, resources, readAt, expect } = json(`${folder}/case.json`);
  const verification = new Verification(readFileSync(`${folder}/${file}`), name, JSON.stringify(policy));
  const snapshot = readFileSync(`${folder}/${resources}`);
  verification.provide_part("net");
  if (readAt === undefined) assert.equal(verification.provide_snapshot(snapshot), true);
  else provide(verification, JSON.parse(snapshot.toString()), Date.parse(readAt) / 1000);
  const report = verifyWhole(verification);
  const html = htmlOf(verification);
  verification.free();
  return { expect, report, html };
}

/** Hands over what a snapshot holds as if it had been fetched. */
function provide(verification, { dids, statusLists }, readAt) {
  const bytes = (value) => Buffer.from(JSON.stringify(value));
  for (const [did, document] of Object.entries(dids)) {
    const host = did.slice("did:web:".length);
    verification.provide(`https://${host}/.well-known/did.json`, bytes(document), readAt);
  }
  for (const [url, list] of Object.entries(statusLists)) verification.provide(url, bytes(list), readAt);
}
