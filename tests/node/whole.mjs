// The released wasm with all its parts, for tests that call it without the shell.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

import { Language } from "../../src/js/lang/language.js";
import { JOINING } from "../../src/js/parts.js";
import * as core from "../../target/glue/verify_credential.js";

const PKG = new URL("../../pkg/", import.meta.url);
const moduleOf = (name) => new WebAssembly.Module(readFileSync(new URL(name, PKG)));

/** What the core itself exports. */
export const raw = core.initSync({ module: moduleOf("verify_credential_bg.wasm") });
// Their order is that in which they may join.
for (const name of Object.keys(JOINING)) new WebAssembly.Instance(moduleOf(`${name}_bg.wasm`), { core: raw });
core.lend_look();

/** The modules that are lent, by name. @type {Map<string, {answer: (question: Uint8Array) => Uint8Array}>} */
const lent = new Map();
for (const file of readdirSync(PKG)) {
  const [, name] = /^(.+)_bg\.wasm$/.exec(file) ?? [];
  if (!name || name in JOINING || name === "verify_credential") continue;
  const glue = await import(`../../target/glue/${name}.js`);
  glue.initSync({ module: moduleOf(file) });
  lent.set(name, glue);
}

export const { Verification } = core;

/** The last report of a verification as HTML text, in English. @param {InstanceType<typeof Verification>} verification */
export const htmlOf = (verification) => verification.html("{}", new Language("en", "en", "ltr", {}));

/** The report with every part that it asks for. @param {InstanceType<typeof Verification>} verification */
export function verifyWhole(verification) {
  const provided = new Set();
  for (let report = verification.verify(); ; report = verification.verify()) {
    const wanted = verification.wants_parts().split(" ").filter((name) => name && !provided.has(name));
    if (wanted.length === 0) return report;
    for (const name of wanted) {
      assert.ok(name in JOINING || lent.has(name), `there is no part ${name}`);
      verification.provide_part(name, lent.get(name));
      provided.add(name);
    }
  }
}
