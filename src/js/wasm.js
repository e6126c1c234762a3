/**
 * Loads the wasm once for a page, whatever its number of elements and of copies of this package, and anew after it
 * stopped. A trap leaves an instance in a state nobody can vouch for, so it is never called again; the compiled code is
 * kept, so that the next instance costs no download.
 */

import { INTEGRITY, JOINING, loadPart } from "./parts.js";
import { StartFailure } from "./start-failure.js";

/**
 * The exports of the generated module that the shell uses.
 * @typedef {object} Exports
 * @property {new (bytes: Uint8Array, source: string, policyJson: string) => Verification} Verification
 * @property {(root: Element, optionsJson: string, language: Language) => void} draw_drop_zone
 * @property {(root: Element, optionsJson: string, language: Language) => void} draw_notice
 * @property {() => void} lend_look
 * @property {() => string} stylesheet
 * @property {(id: string, language: Language) => string} text
 * @property {WebAssembly.Exports} raw what the module itself exports: its memory and table among it
 */

/**
 * @typedef {object} Verification
 * @property {(url: string, bytes: Uint8Array, readAt: number) => void} provide
 * @property {(url: string, reason: string) => void} provide_failure
 * @property {(json: Uint8Array) => boolean} provide_snapshot
 * @property {() => void} forget_failures
 * @property {() => string} wants_parts
 * @property {(name: string, lent?: Lent) => void} provide_part
 * @property {() => Report} verify
 * @property {(root: Element, optionsJson: string, language: Language) => void} draw
 * @property {(optionsJson: string, language: Language) => string} html
 * @property {(optionsJson: string) => Report | null} shown_report
 * @property {() => void} free
 */

/**
 * @typedef {import("./lang/language.js").Language} Language
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./parts.js").PartName} PartName
 *
 * @typedef {object} Engine One running instance.
 * @property {Exports} exports
 * @property {boolean} stopped it trapped: nothing may call it any more
 * @property {CSSStyleSheet | null} sheet the style sheet its drawings need, made once for all elements
 * @property {Partial<Record<PartName, Promise<void>>>} joined the parts that became one with it
 *
 * @typedef {object} Lent A module that answers the core's questions.
 * @property {(question: Uint8Array) => Uint8Array} answer
 *
 * @typedef {object} Shared What all copies of this version have in common.
 * @property {Promise<Engine> | null} loading
 * @property {Partial<Record<PartName, Promise<WebAssembly.Module>>>} codes
 * @property {Partial<Record<string, Promise<Lent>>>} lent
 * @property {number} starts
 * @property {Set<string>} said what the console was told already
 */

/** @returns {Promise<Engine>} the running instance; rejects when there is none to be had */
export function loadEngine() {
  const page = shared();
  page.loading ??= start().catch((error) => {
    page.loading = null;
    sayOnce("error", error instanceof StartFailure ? error.because : String(error), error);
    throw error;
  });
  return page.loading;
}

/**
 * Gives up an instance that trapped. The next `loadEngine` starts another one.
 * @param {Engine} engine
 */
export function dropEngine(engine) {
  if (engine.stopped) return;
  engine.stopped = true;
  shared().loading = null;
}

/**
 * Loads a part: more code for `engine`, or a module to lend to it.
 * @param {string} name
 * @param {Engine} engine
 * @returns {Promise<Lent | undefined>} rejects when it is not to be had; the next call tries again
 */
export async function loadLater(name, engine) {
  const part = /** @type {PartName} */ (name);
  if (JOINING[part] === undefined) return loadLent(name);
  try {
    await (engine.joined[part] ??= join(part, engine));
    return undefined;
  } catch (error) {
    delete engine.joined[part];
    throw told(name, error);
  }
}

/**
 * Loads a module of its own.
 * @param {string} name
 * @returns {Promise<Lent>} rejects when it is not to be had; the next call tries again
 */
export async function loadLent(name) {
  const { lent } = shared();
  try {
    return await (lent[name] ??= startLent(name));
  } catch (error) {
    delete lent[name];
    throw told(name, error);
  }
}

/**
 * Tells the console why a part was not had.
 * @param {string} name
 * @param {unknown} error
 */
function told(name, error) {
  sayOnce("error", error instanceof StartFailure ? `${name} ${error.because}` : String(error), error);
  return error;
}

/** @returns {Promise<Engine>} */
async function start() {
  const page = shared();
  if (page.starts >= STARTS_MAX) throw new StartFailure("stopped", `${STARTS_MAX} times`);
  // @ts-ignore: the generated glue exists only once it is built.
  const glue = import("./glue.js");
  const code = await codeOf("core");
  page.starts += 1;
  return { exports: await (await glue).instantiate(code), stopped: false, sheet: null, joined: {} };
}

/**
 * Code that joins `engine`: it works in the same memory, and fills its own places in the same table.
 * @param {PartName} part
 * @param {Engine} engine
 */
async function join(part, engine) {
  const required = JOINING[part];
  const [code] = await Promise.all([codeOf(part), required && loadLater(required, engine)]);
  await WebAssembly.instantiate(code, { core: engine.exports.raw });
  if (part === "look") engine.exports.lend_look();
}

/**
 * @param {string} name
 * @returns {Promise<Lent>}
 */
async function startLent(name) {
  // @ts-ignore: see `start`.
  const [{ instantiate }, code] = await Promise.all([import("./lent-glue.js"), codeOf(/** @type {PartName} */ (name))]);
  const module = await instantiate(code);
  let stopped = false;
  return {
    answer(question) {
      // The core takes what throws here for a module that is not there.
      if (stopped) throw new Error(`${name} stopped`);
      try {
        return module.answer(question);
      } catch (cause) {
        stopped = true;
        delete shared().lent[name];
        throw cause;
      }
    },
  };
}

/**
 * The compiled code of a part, kept for the next instance.
 * @param {PartName} name
 */
async function codeOf(name) {
  const { codes } = shared();
  try {
    return await (codes[name] ??= compile(name));
  } catch (error) {
    delete codes[name];
    throw error;
  }
}

/**
 * @param {import("./parts.js").PartName} part
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(part) {
  if (typeof WebAssembly !== "object") throw new StartFailure("unsupported", "no WebAssembly");
  try {
    new WebAssembly.Module(EMPTY);
  } catch (cause) {
    // What every engine can compile is refused only by a policy, and then nothing need be loaded.
    throw new StartFailure("blocked", String(cause), cause);
  }
  const response = await loadPart(part);
  const type = response.headers.get("content-type") ?? "";
  try {
    if (type.startsWith("application/wasm")) return await WebAssembly.compileStreaming(response);
    sayOnce("warn", "type", `${response.url} is served as "${type}"; as application/wasm it would start sooner`);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    // Its bytes are those that were published, so it is the browser that lacks something.
    throw new StartFailure("unsupported", String(cause), cause);
  }
}

/**
 * @param {"warn" | "error"} level
 * @param {string} id
 * @param {unknown} what
 */
function sayOnce(level, id, what) {
  const { said } = shared();
  if (said.has(id)) return;
  said.add(id);
  console[level]("verify-credential:", what);
}

/**
 * A page may load this package twice, as the script that defines the element and as a module of its own. The registry
 * of symbols is what both see; the hash in the name keeps versions apart.
 * @returns {Shared}
 */
function shared() {
  const page = /** @type {Record<symbol, Shared>} */ (/** @type {unknown} */ (globalThis));
  return (page[SHARED] ??= { loading: null, codes: {}, lent: {}, starts: 0, said: new Set() });
}

const SHARED = Symbol.for(`verify-credential ${INTEGRITY.core}`);

/** A credential that makes it trap can be shown again and again, so there is an end to it. */
const STARTS_MAX = 8;

/** The magic number and version 1: a whole module. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
