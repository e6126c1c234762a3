// ECDSA lives in a module of its own: it is loaded for the credentials that need it, from the package's own files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (file) => readFileSync(new URL(`../vectors/02-w3c-data-integrity/${file}`, import.meta.url));
const NOW = "2026-11-22T12:00:00Z";

/** The modules that were started, by what they export. @type {WebAssembly.Exports[]} */
const started = [];
let trap = false;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate.apply(WebAssembly, args);
  if (!made.exports?.answer) return made;
  started.push(made.exports);
  const answer = (...rest) => {
    if (trap) throw new WebAssembly.RuntimeError("unreachable");
    return made.exports.answer(...rest);
  };
  return Object.create(WebAssembly.Instance.prototype, { exports: { value: { ...made.exports, answer } } });
};
globalThis.fetch = () => assert.fail("nobody is asked");
const { verify } = await import("../../pkg/index.js");

/** The one credential of a W3C suite's file, and the key its fictional issuer stands for. @param {string} file */
function signed(file) {
  const text = read(file);
  const { issuer, proof } = JSON.parse(text);
  const id = typeof issuer === "string" ? issuer : issuer.id;
  const [key] = proof.verificationMethod.split("#").slice(-1);
  return { text, policy: { now: NOW, keys: { [id]: key } } };
}

const signature = ({ checks }) => checks.find(({ id }) => id === "proof.any-good");

test("an Ed25519 signature does not load it", async () => {
  const { text, policy } = signed("eddsa/eddsa-rdfc-2022/signedDataInt.json");
  assert.equal(signature(await verify(text, policy)).outcome, "pass");
  assert.equal(started.length, 0);
});

for (const file of [
  "ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json",
  "ecdsa/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json",
  "ecdsa/ecdsa-rdfc-2019-p384/signedECDSAP384.json",
]) {
  test(`${file} is checked, and refused when it is altered`, async () => {
    const { text, policy } = signed(file);
    assert.equal(signature(await verify(text, policy)).outcome, "pass");
    const altered = text.toString().replace("The School of Examples", "The School of Others");
    assert.notEqual(altered, text.toString());
    assert.equal(signature(await verify(altered, policy)).outcome, "fail");
  });
}

test("it was started once, for all", () => assert.equal(started.length, 1));

test("where it stops, the answer is not known, and the next call has another one", async () => {
  const { text, policy } = signed("ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json");
  trap = true;
  const report = await verify(text, policy);
  assert.deepEqual([signature(report).outcome, signature(report).reason], ["unknown", "part-not-loaded"]);
  assert.equal(report.headline, "not-fully-checked");
  trap = false;
  assert.equal(signature(await verify(text, policy)).outcome, "pass");
  assert.equal(started.length, 2);
});
