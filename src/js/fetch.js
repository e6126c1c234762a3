/**
 * The only module that puts anything on the network: the answers to a report's needs, a credential named by `src`,
 * and the package's own wasm file. The first two never throw: a failure is an id of the core's reason table.
 *
 * Every request leaves without cookies and without a referrer, follows no redirect, and is bounded in bytes and time.
 * What an address may look like is decided here too, because a credential, and so anybody, writes those addresses.
 */

/**
 * @typedef {"fetch-failed" | "fetch-too-large" | "fetch-timeout" | "fetch-not-found" | "fetch-bad-address"} Failure An
 *   id of the core's reason table.
 * @typedef {{bytes: Uint8Array<ArrayBuffer>} | {failure: Failure}} Fetched
 * @typedef {{bytesMax: number, signal?: AbortSignal, timeoutMs?: number}} Bounds
 */

/**
 * The bytes behind an address that a credential names, or why they are not had.
 * @param {string} address
 * @param {Bounds} bounds
 * @returns {Promise<Fetched>}
 */
export async function fetchNeed(address, bounds) {
  const url = publicAddress(address);
  return url ? request(url, bounds) : { failure: "fetch-bad-address" };
}

/**
 * The bytes of a credential that the page names by `src`. `data:` is decoded here, so that it needs no permission in
 * the page's `connect-src`; an address of the page's own origin may be plain http, for development.
 * @param {URL} url
 * @param {Bounds & {origin: string}} bounds `origin`: the page's own
 * @returns {Promise<Fetched>}
 */
export async function fetchSource(url, bounds) {
  if (url.protocol === "data:") return decodeData(url.href, bounds.bytesMax);
  const own = url.protocol === "blob:" || (isWeb(url) && url.origin === bounds.origin);
  const target = own ? url.href : publicAddress(url.href);
  return target ? request(target, bounds) : { failure: "fetch-bad-address" };
}

/**
 * The response for one of the package's own files, good or bad; it may load at any time. Unlike the others this one
 * rejects: where there is no response, and where its bytes are not the ones that were published.
 * @param {URL} url
 * @param {string} integrity a Subresource Integrity value; "" where the package was not pinned
 * @returns {Promise<Response>}
 */
export function fetchPart(url, integrity) {
  return fetch(url, { credentials: "same-origin", ...(integrity ? { integrity } : {}) });
}

/**
 * The address without its fragment when a page may ask it on behalf of a credential, else null: https, a public DNS
 * name, no user or password. A name that resolves to a private address cannot be recognised from inside a page.
 * @param {string} address
 * @returns {string | null}
 */
export function publicAddress(address) {
  if (address.length > ADDRESS_CHARS_MAX) return null;
  const url = parseAddress(address);
  if (!url || url.protocol !== "https:" || url.username || url.password) return null;
  const host = url.hostname.replace(/\.$/, "");
  if (!DNS_NAME.test(host) || LOCAL_NAME.test(host)) return null;
  url.hash = "";
  return url.href;
}

/**
 * @param {string} address
 * @param {string} [base]
 * @returns {URL | null} null where it is no URL at all
 */
export function parseAddress(address, base) {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}

/** @param {URL} url */
function isWeb(url) {
  return url.protocol === "https:" || url.protocol === "http:";
}

/**
 * @param {string} address
 * @param {Bounds} bounds
 * @returns {Promise<Fetched>}
 */
async function request(address, { bytesMax, signal, timeoutMs = TIMEOUT_MS }) {
  // Not AbortSignal.any: Safari before 17.4 lacks it.
  const abort = new AbortController();
  const stop = () => abort.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeoutMs);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  try {
    const response = await fetch(address, {
      cache: "no-store",
      credentials: "omit",
      mode: "cors",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: abort.signal,
    });
    if (!response.ok) {
      void response.body?.cancel();
      return { failure: response.status === 404 || response.status === 410 ? "fetch-not-found" : "fetch-failed" };
    }
    return await readBody(response, bytesMax);
  } catch {
    // A page cannot tell a refusal by CORS, a redirect and a missing network apart.
    return { failure: late ? "fetch-timeout" : "fetch-failed" };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/**
 * Reads until the end or the cap, whichever comes first; `content-length` is only believed when it is too large.
 * @param {Response} response
 * @param {number} bytesMax
 * @returns {Promise<Fetched>}
 */
async function readBody(response, bytesMax) {
  const reader = response.body?.getReader();
  if (!reader) return { bytes: new Uint8Array() };
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  let over = Number(response.headers.get("content-length") ?? 0) > bytesMax;
  while (!over) {
    const { done, value } = await reader.read();
    if (done) return { bytes: join(chunks, length) };
    chunks.push(value);
    length += value.length;
    over = length > bytesMax;
  }
  void reader.cancel().catch(() => {});
  return { failure: "fetch-too-large" };
}

/**
 * @param {Uint8Array[]} chunks
 * @param {number} length
 */
function join(chunks, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * The bytes of a `data:` URL, per [Fetch: data URLs](https://fetch.spec.whatwg.org/#data-urls).
 * @param {string} href
 * @param {number} bytesMax
 * @returns {Fetched}
 */
function decodeData(href, bytesMax) {
  const comma = href.indexOf(",");
  if (comma < 0) return { failure: "fetch-bad-address" };
  const body = percentDecode(href.slice(comma + 1).split("#", 1)[0] ?? "");
  if (!/;\s*base64\s*$/i.test(href.slice(0, comma))) return bounded(body, bytesMax);
  try {
    const text = atob(new TextDecoder("latin1").decode(body));
    return bounded(Uint8Array.from(text, (letter) => letter.charCodeAt(0)), bytesMax);
  } catch {
    return { failure: "fetch-bad-address" };
  }
}

/** @param {string} text */
function percentDecode(text) {
  const raw = new TextEncoder().encode(text);
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at += 1, length += 1) {
    const hex = raw[at] === 0x25 ? String.fromCharCode(...raw.subarray(at + 1, at + 3)) : "";
    const escaped = /^[0-9a-f]{2}$/i.test(hex);
    bytes[length] = escaped ? parseInt(hex, 16) : /** @type {number} */ (raw[at]);
    if (escaped) at += 2;
  }
  return bytes.slice(0, length);
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} bytesMax
 * @returns {Fetched}
 */
function bounded(bytes, bytesMax) {
  return bytes.length > bytesMax ? { failure: "fetch-too-large" } : { bytes };
}

const TIMEOUT_MS = 10_000;
const ADDRESS_CHARS_MAX = 2_048;

/**
 * Two labels or more, the last of them not a number: the URL parser has turned every spelling of an IPv4 address into
 * four numbers, and writes IPv6 in brackets.
 */
const DNS_NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** Names that RFC 6761, RFC 6762, RFC 8375 and ICANN keep for a machine or a local network. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
