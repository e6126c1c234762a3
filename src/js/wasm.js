/**
 * Loads the wasm once for all elements of a page, and anew after it stopped.
 *
 * A trap leaves the instance in a state nobody can vouch for, so it is never called again. The generated module keeps
 * its instance in a variable of its own that is set once; a second instance therefore needs a second copy of the
 * module, which the module map gives for another query string. The compiled code is kept, so that costs no download.
 */

import { fetchPart } from "./fetch.js";
import { WASM_INTEGRITY } from "./parts.js";

/**
 * The exports of the generated module that the shell uses.
 * @typedef {object} Exports
 * @property {new (bytes: Uint8Array, source: string, policyJson: string) => Verification} Verification
 * @property {(root: Element, optionsJson: string) => void} draw_drop_zone
 * @property {(root: Element, optionsJson: string) => void} draw_notice
 * @property {() => string} stylesheet
 * @property {(id: string, optionsJson: string) => string} text
 */

/**
 * @typedef {object} Verification
 * @property {(url: string, bytes: Uint8Array, readAt: number) => void} provide
 * @property {(url: string, reason: string) => void} provide_failure
 * @property {(json: Uint8Array) => boolean} provide_snapshot
 * @property {() => void} forget_failures
 * @property {() => Report} verify
 * @property {(root: Element, optionsJson: string) => void} draw
 * @property {() => void} free
 */

/**
 * @typedef {import("./types.js").Report} Report
 *
 * @typedef {object} Engine One running instance.
 * @property {Exports} exports
 * @property {boolean} stopped it trapped: nothing may call it any more
 * @property {CSSStyleSheet | null} sheet the style sheet its drawings need, made once for all elements
 */

/** @returns {Promise<Engine>} the running instance; rejects when there is none to be had */
export function loadEngine() {
  loading ??= start().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/**
 * Gives up an instance that trapped. The next `loadEngine` starts another one.
 * @param {Engine} engine
 */
export function dropEngine(engine) {
  if (engine.stopped) return;
  engine.stopped = true;
  loading = null;
}

/** @returns {Promise<Engine>} */
async function start() {
  if (starts >= STARTS_MAX) throw new Error("the verifier stopped too often on this page");
  const [glue, code] = await Promise.all([importGlue(starts), (compiled ??= compile())]).catch((error) => {
    compiled = null;
    throw error;
  });
  starts += 1;
  await glue.default({ module_or_path: code });
  return { exports: glue, stopped: false, sheet: null };
}

/**
 * @param {number} copy
 * @returns {Promise<any>} the generated module, whose types exist only once it is built
 */
function importGlue(copy) {
  // The first one is written out, so that bundlers find it.
  // @ts-ignore
  return copy === 0 ? import("./verify_credential.js") : import(`./verify_credential.js?copy=${copy}`);
}

/** @returns {Promise<WebAssembly.Module>} */
async function compile() {
  const response = await fetchPart(new URL("./verify_credential_bg.wasm", import.meta.url), WASM_INTEGRITY);
  const typed = response.headers.get("content-type")?.startsWith("application/wasm");
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Copies of the generated module stay in memory until the page goes, so there is an end to them. */
const STARTS_MAX = 8;

let starts = 0;
/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;
/** @type {Promise<Engine> | null} */
let loading = null;
