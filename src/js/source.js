/**
 * Where an element's credential comes from, and what that may cost. Pure: reads and judges, draws nothing and puts
 * nothing on the network.
 */

import { parseAddress, publicAddress } from "./fetch.js";

/**
 * @typedef {"ask" | "auto" | "off"} Network
 * @typedef {Uint8Array<ArrayBuffer> | Blob} Data The exact bytes, or a file that holds them.
 * @typedef {{url: URL, leave: "load" | "ask"} | {url: null, leave: "refuse"}} Judgement
 */

/**
 * The exact bytes of what was given as a credential. Bytes are copied, so that a later change of the caller's buffer
 * changes nothing here.
 * @param {unknown} value
 * @returns {Data | null} null for null and undefined
 * @throws {TypeError} for an object: its spelling, which signatures may cover, is lost
 */
export function credentialData(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (value instanceof Blob) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  throw new TypeError(
    "credential must be the exact text or bytes of a credential (string, Uint8Array, ArrayBuffer or Blob). " +
      "A parsed object has lost the spelling that the signature may cover: pass response.text() or response.bytes().",
  );
}

/**
 * The JSON of a `.resources` snapshot, fixed at this moment.
 * @param {unknown} value the map itself, or its JSON as text or bytes
 * @returns {Uint8Array | null}
 * @throws {TypeError} where it is none of these
 */
export function resourcesData(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (value instanceof Uint8Array) return value.slice();
  if (typeof value === "object" && !Array.isArray(value)) return new TextEncoder().encode(JSON.stringify(value));
  throw new TypeError("resources must be an object, its JSON text or its bytes");
}

/**
 * The date-time that counts as now, as RFC 3339 text in UTC with whole seconds.
 * @param {unknown} value
 * @returns {string | null} null for null, undefined and "": the clock counts
 * @throws {TypeError} where it is no date-time
 */
export function nowText(value) {
  if (value === null || value === undefined || value === "") return null;
  // The number of seconds of any day in use is too small: it must not pass for a day in 1970.
  const isTime = value instanceof Date || typeof value === "string" || (typeof value === "number" && value > 1e11);
  const date = new Date(isTime ? value : NaN);
  if (Number.isNaN(date.getTime())) throw new TypeError("now must be a Date, milliseconds, or text: 2026-11-22T12:00:00Z");
  const text = date.toISOString().replace(/\.\d+Z$/, "Z");
  if (text.length !== 20) throw new TypeError("now must be a time of the years 0000 to 9999");
  return text;
}

/**
 * The caller's decisions, fixed at this moment, with `now` as text. What else they hold is for the core to judge.
 * @param {unknown} value
 * @returns {import("./types.js").Policy}
 * @throws {TypeError} where it is no object, or its `now` no date-time
 */
export function policyData(value) {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw new TypeError("policy must be an object");
  const { now, ...policy } = JSON.parse(JSON.stringify(value));
  const time = nowText("now" in value ? value.now : null);
  return time === null ? policy : { ...policy, now: time };
}

/**
 * Whether the credential at an address may be loaded, needs the reader's consent, or is refused. A same-origin address
 * may load at any time, another one tells its host about the visitor; `off` leaves only what needs no request.
 * @param {string} address
 * @param {{base: string, origin: string, network: Network}} page
 * @returns {Judgement}
 */
export function judgeAddress(address, { base, origin, network }) {
  const url = parseAddress(address, base);
  if (!url) return { url: null, leave: "refuse" };
  if (url.protocol === "data:" || url.protocol === "blob:") return { url, leave: "load" };
  if (network === "off") return { url: null, leave: "refuse" };
  if (url.origin === origin && (url.protocol === "https:" || url.protocol === "http:")) return { url, leave: "load" };
  if (!publicAddress(url.href)) return { url: null, leave: "refuse" };
  return { url, leave: network === "auto" ? "load" : "ask" };
}

/**
 * The text of the first child script that holds a credential.
 * @param {Element} element
 * @returns {string | null}
 */
export function inlineText(element) {
  for (const child of element.children) {
    const type = child.localName === "script" ? (child.getAttribute("type") ?? "") : "";
    if (INLINE_TYPES.has(type.trim().toLowerCase())) return child.textContent;
  }
  return null;
}

/**
 * What was dropped or pasted: the first file, else the text. Addresses are not followed.
 * @param {DataTransfer | null} transfer
 * @returns {Data | null}
 */
export function transferData(transfer) {
  const file = transfer?.files[0];
  if (file) return file;
  return textData(transfer?.getData("text/plain") ?? "");
}

/**
 * @param {string} text
 * @returns {Data | null} null for nothing but white space
 */
export function textData(text) {
  return text.trim() ? credentialData(text.trim()) : null;
}

/**
 * At most one byte more than the core accepts: enough for it to say that the input is too large.
 * @param {Data} data
 * @returns {Promise<{bytes: Uint8Array<ArrayBuffer>, name: string}>} rejects when the file cannot be read
 */
export async function readData(data) {
  if (data instanceof Uint8Array) return { bytes: data, name: "" };
  const bytes = new Uint8Array(await data.slice(0, SOURCE_BYTES_MAX + 1).arrayBuffer());
  return { bytes, name: data instanceof File ? data.name : "" };
}

/** The core's own limit for an input. */
export const SOURCE_BYTES_MAX = 5_000_000;

const INLINE_TYPES = new Set(["application/vc+json", "application/vc+jwt", "application/json"]);
