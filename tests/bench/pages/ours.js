// Our package as a page uses it: one Verification for each credential, from bytes to report.
import * as curves from "/glue/curves.js";
import * as rsa from "/glue/rsa.js";
import init, { Verification } from "/glue/verify_credential.js";

const POLICY = JSON.stringify({ now: "2026-11-22T12:00:00Z" });
const encoder = new TextEncoder();

export async function start() {
  const [core] = await Promise.all([init(), curves.default(), rsa.default()]);
  for (const part of ["net", "basis", "more"]) {
    const code = await fetch(`/glue/${part}_bg.wasm`);
    await WebAssembly.instantiate(await code.arrayBuffer(), { core });
  }
}

const LENT = { curves, rsa };

/** @param {{listUrl?: string, parts?: string[], isRecord?: boolean}} work @param {string} text @param {string} [list] @returns {boolean} whether it is valid */
export function verify(work, text, list) {
  const verification = new Verification(encoder.encode(text), "", POLICY);
  for (const part of work.parts ?? []) verification.provide_part(part, LENT[part]);
  if (list) verification.provide(work.listUrl, encoder.encode(list), 1_795_348_800);
  const { verdict, checks } = verification.verify();
  verification.free();
  const members = checks.find(({ id }) => id === "members.verified");
  return verdict === "valid" && members?.outcome === (work.isRecord ? "pass" : undefined);
}
