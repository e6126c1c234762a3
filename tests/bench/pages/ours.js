// Our package as a page uses it: one Verification for each credential, from bytes to report.
import * as curves from "/glue/curves.js";
import init, { Verification } from "/glue/verify_credential.js";

const POLICY = JSON.stringify({ now: "2026-11-22T12:00:00Z" });
const encoder = new TextEncoder();

export const start = () => Promise.all([init(), curves.default()]);

/** @param {{listUrl?: string, curves?: boolean}} work @param {string} text @param {string} [list] @returns {boolean} whether it is valid */
export function verify(work, text, list) {
  const verification = new Verification(encoder.encode(text), "", POLICY);
  if (work.curves) verification.provide_part("curves", curves);
  if (list) verification.provide(work.listUrl, encoder.encode(list), 1_795_348_800);
  const { verdict } = verification.verify();
  verification.free();
  return verdict === "valid";
}
