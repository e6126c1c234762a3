/**
 * The files of the package that are loaded after its script: where each is, what it must be, and in words a site's
 * owner can act on why one was not had. Fetches with Subresource Integrity; where there is no `fetch` for files, which
 * is Node, reads and compares the hash itself.
 */

import { fetchPart } from "./fetch.js";
import { StartFailure } from "./start-failure.js";

/** @typedef {"core" | "net" | "basis" | "more" | "look" | "curves" | "pairing" | "rsa" | "rare-keys" | "certificates" | "schema" | "about"} PartName */

/**
 * A part, with the bytes it was published with.
 * @param {PartName} name
 * @returns {Promise<Response>} rejects with a `StartFailure`
 */
export function loadPart(name) {
  return loadFile(ADDRESSES[name](), INTEGRITY[name]);
}

/**
 * The texts of a language, with the bytes they were published with. The table of languages is published with this in
 * the place of its imports (`xtask/src/bundle.mjs`).
 * @param {URL} url
 * @param {string} integrity
 * @returns {Promise<{messages: import("./lang/language.js").Messages}>} rejects with a `StartFailure`
 */
export async function loadTexts(url, integrity) {
  return { messages: await (await loadFile(url, integrity)).json() };
}

/**
 * @param {URL} url
 * @param {string} integrity
 */
async function loadFile(url, integrity) {
  if (url.protocol === "file:") return readPart(url, integrity);
  const response = await fetchPart(url, integrity).catch((cause) => explain(url, integrity, cause));
  if (!response.ok) throw new StartFailure("missing", `${url.pathname}: ${response.status}`);
  return response;
}

/**
 * A page cannot tell a wrong hash from no answer at all, so it asks again without a hash. That answer is never used:
 * only its status, or that there was one, goes into the message.
 * @param {URL} url
 * @param {string} integrity
 * @param {unknown} cause
 * @returns {Promise<Response>} one that is not `ok`, or none
 */
async function explain(url, integrity, cause) {
  const again = integrity ? await fetchPart(url, "").catch(() => null) : null;
  void again?.body?.cancel();
  if (!again) throw new StartFailure("unreachable", url.href, cause);
  if (!again.ok) return again;
  throw new StartFailure("altered", `${url.pathname}, ${again.headers.get("content-type")}`, cause);
}

/**
 * @param {URL} url
 * @param {string} integrity
 * @returns {Promise<Response>}
 */
async function readPart(url, integrity) {
  // Not an import: bundlers for browsers would look for the module.
  const files = /** @type {any} */ (globalThis).process?.getBuiltinModule?.("node:fs/promises");
  if (!files) throw new StartFailure("unreachable", url.href);
  const bytes = await files.readFile(url).catch((/** @type {unknown} */ cause) => {
    throw new StartFailure("missing", url.pathname, cause);
  });
  if (integrity) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
    if (`sha384-${btoa(String.fromCharCode(...hash))}` !== integrity) throw new StartFailure("altered", url.pathname);
  }
  return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}

/**
 * Subresource Integrity values, for example "sha384-…". `cargo xtask pkg` writes them into the published package; in
 * the source tree nothing is pinned, because nothing is built yet.
 * @type {Readonly<Record<PartName, string>>}
 */
export const INTEGRITY = { core: "", net: "", basis: "", more: "", look: "", curves: "", pairing: "", rsa: "", "rare-keys": "", certificates: "", schema: "", about: "" };

/**
 * The parts that join the core, in its memory and table, each with the one that must have joined before it, if any: as
 * xtask/src/split/table.rs has them. All others are modules of their own.
 * @type {Readonly<Partial<Record<PartName, PartName | "">>>}
 */
export const JOINING = { net: "", basis: "net", more: "basis", look: "" };

/** Each address is written out, so that bundlers find the file and take it along. */
const ADDRESSES = {
  core: () => new URL("./verify_credential_bg.wasm", import.meta.url),
  net: () => new URL("./net_bg.wasm", import.meta.url),
  basis: () => new URL("./basis_bg.wasm", import.meta.url),
  more: () => new URL("./more_bg.wasm", import.meta.url),
  look: () => new URL("./look_bg.wasm", import.meta.url),
  curves: () => new URL("./curves_bg.wasm", import.meta.url),
  pairing: () => new URL("./pairing_bg.wasm", import.meta.url),
  rsa: () => new URL("./rsa_bg.wasm", import.meta.url),
  "rare-keys": () => new URL("./rare-keys_bg.wasm", import.meta.url),
  certificates: () => new URL("./certificates_bg.wasm", import.meta.url),
  schema: () => new URL("./schema_bg.wasm", import.meta.url),
  about: () => new URL("./about_bg.wasm", import.meta.url),
};
