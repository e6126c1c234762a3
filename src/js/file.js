/**
 * Reads the package's own files where they lie on a disk: in Node and its like. No page loads this module.
 */

/**
 * The response a server would give for a file of the package, once its bytes are those that were published.
 * @param {URL} url
 * @param {string} integrity a Subresource Integrity value with SHA-384; "" where the package was not pinned
 * @returns {Promise<Response>}
 */
export async function readPart(url, integrity) {
  // Not a literal, so that bundlers for the browser do not look for it.
  const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ FILES);
  const bytes = await readFile(url);
  if (integrity && integrity !== `sha384-${await digest(bytes)}`) {
    throw new Error(`${url.pathname} is not the file that was published`);
  }
  return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function digest(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-384", bytes))));
}

const FILES = "node:fs/promises";
