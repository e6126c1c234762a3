/** Gives elements the credentials below tests/vectors/, each file fetched once, and from this site's own host. */

import { make } from "./page.js";

/** The time they are checked for: the expected answers hold on this day. */
export const NOW = "2026-11-22T12:00:00Z";

/** The site's own page that opens a credential handed over in a link. */
export const VERIFIER = "index.html";

export const VECTORS = "../tests/vectors/";

const OFFLINE_MAP = "13-dids-registries/offline-map.json";

/**
 * @typedef {object} Example
 * @property {string} file below tests/vectors/
 * @property {readonly string[]} [resources] keys of the offline map's `dids` and `statusLists`
 * @property {string} [map] the offline map that `resources` names entries of, if not the shared one
 * @property {string} [now] the date-time that counts as now, if not `NOW`
 */

/** @type {Map<string, Promise<Uint8Array>>} */
const loaded = new Map();

/**
 * Gives an element its credential with all that belongs to it, in one task.
 * @param {any} element a `<verify-credential>`
 * @param {Example} example
 */
export async function fill(element, example) {
  try {
    const [credential, resources] = await Promise.all([bytesOf(example.file), resourcesOf(example)]);
    Object.assign(element, { credential, resources, now: example.now ?? NOW });
  } catch (error) {
    element.replaceWith(make("p", "unready", `This file could not be loaded (${error}).`));
  }
}

/**
 * The part of the offline map that an example names, with each document's own text.
 * @param {Example} example
 */
async function resourcesOf({ resources = [], map: file = OFFLINE_MAP }) {
  if (resources.length === 0) return null;
  const map = JSON.parse(await textOf(file));
  const folder = file === OFFLINE_MAP ? "" : file.slice(0, file.lastIndexOf("/") + 1);
  /** @type {Record<string, Record<string, string>>} */
  const found = { dids: {}, statusLists: {} };
  for (const [kind, documents] of Object.entries(found)) {
    for (const name of resources) {
      if (Object.hasOwn(map[kind], name)) documents[name] = await textOf(folder + map[kind][name]);
    }
  }
  return found;
}

/** @param {string} file below tests/vectors/ */
async function textOf(file) {
  return new TextDecoder().decode(await bytesOf(file));
}

/**
 * @param {string} file below tests/vectors/
 * @returns {Promise<Uint8Array>}
 */
function bytesOf(file) {
  const known = loaded.get(file) ?? load(VECTORS + file);
  loaded.set(file, known);
  return known;
}

/** @param {string} address */
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return new Uint8Array(await response.arrayBuffer());
}
