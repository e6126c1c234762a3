/**
 * The link that checks a credential on another site: the page that embeds this element may lie, and so may everything
 * that is drawn in it. The credential travels behind the `#` of the link, which no server sees.
 */

/** The page of this project. Empty until it has an address: then no link is offered where none is asked for. */
const HOME = "";

/**
 * @param {Uint8Array<ArrayBuffer>} bytes the credential, exactly as it came
 * @param {string} verifier address of the page that is to check it; "" takes the project's own, "none" offers none
 * @param {string} base address of this page
 * @returns {Promise<string>} "" where there is no such page, or the credential is too large for a link
 */
export async function linkElsewhere(bytes, verifier, base) {
  const page = addressOf(verifier || HOME, base);
  if (!page || bytes.length > BYTES_MAX) return "";
  page.hash = `vc=d.${base64url(await deflated(bytes))}`;
  return page.hash.length > BYTES_MAX ? "" : page.href;
}

/**
 * @param {string} verifier
 * @param {string} base
 * @returns {URL | null} of https, or of the host of this very page
 */
function addressOf(verifier, base) {
  if (verifier === "" || verifier === "none" || !URL.canParse(verifier, base)) return null;
  const url = new URL(verifier, base);
  const isOwn = url.origin === new URL(base).origin && url.protocol === "http:";
  return url.protocol === "https:" || isOwn ? url : null;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  let text = "";
  // In pieces: the stack of a call has an end.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

/** As much as the reading side takes (`src/container/fragment.rs`). */
const BYTES_MAX = 1_000_000;
