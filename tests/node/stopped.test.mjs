// A verifier that traps: the call is tried once more on a fresh instance, and others are not harmed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const GENUINE = readFileSync(new URL("../vectors/08-open-badges-3/jff-plugfest/plugfest-2-signed.json", import.meta.url));
const NEEDY = readFileSync(
  new URL("../vectors/08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json", import.meta.url));

/** Whether the instance that begins a verification traps, call by call; healthy afterwards. @type {boolean[]} */
let traps = [];
let instances = 0;

const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate.apply(WebAssembly, args);
  // Node's own fetch is wasm too.
  if (!made.exports?.verification_verify) return made;
  const { exports } = made;
  instances += 1;
  const verification_verify = (...rest) => {
    if (traps.shift()) throw new WebAssembly.RuntimeError("unreachable");
    return exports.verification_verify(...rest);
  };
  return Object.create(WebAssembly.Instance.prototype, { exports: { value: { ...exports, verification_verify } } });
};
const { VerifierStopped, verify } = await import("../../pkg/index.js");

test("one trap costs a second instance, and nobody notices", async () => {
  const healthy = await verify(GENUINE, { now: "2026-11-22T12:00:00Z" });
  assert.equal(instances, 1);
  traps = [true];
  assert.deepEqual(await verify(GENUINE, { now: "2026-11-22T12:00:00Z" }), healthy);
  assert.equal(instances, 2);
});

test("two are an error that says nothing about the credential, and the next call is served", async () => {
  traps = [true, true];
  await assert.rejects(verify(GENUINE), VerifierStopped);
  assert.equal((await verify(GENUINE)).headline, "genuine-issuer-unconfirmed");
});

test("a call that waits for documents while another one's credential traps begins anew", async () => {
  let answer = (/** @type {unknown} */ _) => {};
  let asked = 0;
  const resolver = () => {
    asked += 1;
    return asked === 1 ? new Promise((resolve) => { answer = resolve; }) : null;
  };
  const waiting = verify(NEEDY, null, null, { resolver });
  while (asked === 0) await new Promise((next) => setImmediate(next));
  traps = [true];
  await verify(GENUINE);
  answer(null);
  assert.equal((await waiting).headline, "not-fully-checked");
  assert.equal(asked, 2);
});

test("a credential that stops every instance does not get them all", async () => {
  const before = instances;
  traps = Array(100).fill(true);
  await assert.rejects(verify(GENUINE), VerifierStopped);
  assert.ok(instances - before <= 2);
});
