/**
 * Verifies one input: run, fetch what the report needs, provide it, run again, in bounded rounds. The only module that
 * calls into the wasm. It decides nothing about the credential and nothing about permission: both come from outside.
 */

import { parseAddress } from "./fetch.js";
import { credentialData, readData } from "./source.js";

/**
 * @typedef {import("./lang/language.js").Language} Language
 * @typedef {import("./types.js").Need} Need
 * @typedef {import("./types.js").Policy} Policy
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Resolver} Resolver
 * @typedef {import("./wasm.js").Engine} Engine
 * @typedef {import("./wasm.js").Verification} Verification
 * @typedef {import("./fetch.js").Fetched} Fetched
 *
 * @typedef {Fetched & {readAt?: number}} Answer With the time it was read, in Unix seconds, if that is not now.
 *
 * @typedef {object} Means What a client works with; unit tests put their own in.
 * @property {() => Promise<Engine>} loadEngine
 * @property {(engine: Engine) => void} dropEngine
 * @property {(name: string, engine: Engine) => Promise<import("./wasm.js").Lent | undefined>} loadLater
 * @property {(address: string, bounds: {bytesMax: number, signal: AbortSignal}) => Promise<Answer>} fetchNeed
 * @property {() => number} clock Unix seconds
 *
 * @typedef {object} Input
 * @property {Uint8Array} bytes exactly as received
 * @property {string} name a file name or address: shown as a hint, never trusted
 * @property {Policy} policy what the caller decides; without `now` the clock counts
 * @property {Uint8Array | null} snapshot documents and lists the page holds already, as JSON
 *
 * @typedef {object} Permission
 * @property {(need: Need) => boolean} mayFetch asked anew for every need of every round
 * @property {Resolver | null} resolver
 * @property {AbortSignal} signal
 * @property {(need: Need, bytes: Uint8Array) => void} [onAnswer] called with every document that was had
 * @property {(report: Report) => void} [onReport] called with every report but the last, while more is fetched
 */

/** The verifier trapped while this client called it. Nothing is known about the credential. */
export class VerifierStopped extends Error {}

/** Another client's call stopped the instance this one was using: open again. */
export class EngineGone extends Error {}

export class Client {
  /** @type {Means} */
  #means;
  /** @type {Engine | null} */
  #engine = null;
  /** @type {Verification | null} */
  #verification = null;

  /** @param {Means} means */
  constructor(means) {
    this.#means = means;
  }

  /** Makes sure there is a running instance, for `draw…` and `stylesheet`. Rejects when none can be started. */
  async start() {
    if (this.#engine && !this.#engine.stopped) return;
    this.#verification = null;
    this.#engine = await this.#means.loadEngine();
  }

  /**
   * Begins a verification, giving up the one before.
   * @param {Input} input
   * @returns {Promise<{report: Report, snapshotRead: boolean}>} the first report, from what is at hand; rejects with a
   *   `TypeError` where the policy is not understood
   */
  async open(input) {
    this.close();
    await this.start();
    // It takes what reads documents to read the page's own.
    const parts = input.snapshot ? await this.#load(["net"]) : [];
    const policy = "now" in input.policy ? input.policy : { clock: this.#means.clock(), ...input.policy };
    return this.#call(({ Verification }) => {
      const verification = new Verification(input.bytes, input.name, JSON.stringify(policy));
      this.#verification = verification;
      for (const { name, lent } of parts) verification.provide_part(name, lent);
      const snapshotRead = input.snapshot === null || verification.provide_snapshot(input.snapshot);
      return { report: run(verification), snapshotRead };
    });
  }

  /**
   * The last report there is to be had: asks for what is needed, as far as `permission` goes, until nothing new is
   * needed or a bound is met. Each address is asked once.
   * @param {Report} report
   * @param {Permission} permission
   * @returns {Promise<Report>}
   */
  async settle(report, permission) {
    /** @type {Set<string>} */
    const asked = new Set();
    let last = await this.#withParts(report);
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const fresh = last.needs.filter((need) => !asked.has(need.url) && (permission.resolver || permission.mayFetch(need)));
      const needs = [...new Map(fresh.map((need) => [need.url, need])).values()].slice(0, REQUESTS_MAX - asked.size);
      if (needs.length === 0) break;
      for (const need of needs) asked.add(need.url);
      if (round > 0) permission.onReport?.(last);
      // What reads the answers is loaded meanwhile, if it is not there.
      const reading = this.#load(["net"]);
      const answers = await Promise.all(needs.map((need) => this.#answer(need, permission)));
      const parts = await reading;
      if (permission.signal.aborted) break;
      last = await this.#withParts(this.#provide(parts, needs, answers));
      needs.forEach((need, index) => {
        const answer = answers[index];
        if (answer && "bytes" in answer) permission.onAnswer?.(need, answer.bytes);
      });
    }
    return last;
  }

  /** Asks failed addresses again at the next `settle`. @returns {Report} */
  forgetFailures() {
    return this.#verify((verification) => verification.forget_failures());
  }

  /**
   * @param {Element} root
   * @param {string} options JSON
   * @param {Language} language
   */
  drawReport(root, options, language) {
    this.#call(() => this.#verification?.draw(root, options, language));
  }

  /**
   * The drawing of the report as HTML text; "" where `loadLook` has not been waited for.
   * @param {string} options JSON
   * @param {Language} language
   */
  html(options, language) {
    return this.#call(() => this.#verification?.html(options, language) ?? "");
  }

  /**
   * @param {Element} root
   * @param {string} options JSON
   * @param {Language} language
   */
  drawDropZone(root, options, language) {
    this.#call((exports) => exports.draw_drop_zone(root, options, language));
  }

  /**
   * @param {Element} root
   * @param {string} options JSON
   * @param {Language} language
   */
  drawNotice(root, options, language) {
    this.#call((exports) => exports.draw_notice(root, options, language));
  }

  /** The sheet the drawings need; all elements of a page share it. @returns {CSSStyleSheet} */
  get sheet() {
    const engine = this.#engine;
    if (!engine) throw new EngineGone();
    if (!engine.sheet) {
      const text = this.#call((exports) => exports.stylesheet());
      engine.sheet = new CSSStyleSheet();
      engine.sheet.replaceSync(text);
    }
    return engine.sheet;
  }

  /**
   * The report as the page may have it: without what a review without bias hides.
   * @param {string} options JSON
   * @returns {Report | null} null where what hides it is not there
   */
  shownReport(options) {
    return this.#call(() => this.#verification?.shown_report(options) ?? null);
  }

  /**
   * A text of the card.
   * @param {string} id
   * @param {Language} language
   * @returns {string}
   */
  text(id, language) {
    return this.#call((exports) => exports.text(id, language));
  }

  /**
   * Loads what draws the things that a reader opens: a file of the package, which needs no permission.
   * @returns {Promise<boolean>} whether it is there from now on, for everything that this instance draws
   */
  async loadLook() {
    const engine = this.#engine;
    return engine !== null && this.#means.loadLater("look", engine).then(() => true, () => false);
  }

  /** Gives back the memory of the verification. Never throws: a client that is closed has nothing to say. */
  close() {
    const verification = this.#verification;
    this.#verification = null;
    if (!verification || this.#engine?.stopped) return;
    try {
      this.#call(() => verification.free());
    } catch {
      // The instance is dropped by now, and its memory with it.
    }
  }

  /**
   * The report with whatever the parts of the package say that it waits for. They are files of the package, and so need
   * no permission. Where one cannot be had, the report says what is missing.
   * @param {Report} report
   */
  async #withParts(report) {
    const tried = new Set();
    for (let last = report; ; ) {
      const wanted = this.#call(() => this.#verification?.wants_parts() ?? "").split(" ");
      const names = wanted.filter((name) => name && !tried.has(name));
      if (!this.#engine || names.length === 0) return last;
      const had = await this.#load(names);
      for (const name of names) tried.add(name);
      last = this.#provide(had, [], []);
    }
  }

  /**
   * Those of the parts of these names that can be had. Never rejects.
   * @param {string[]} names
   */
  async #load(names) {
    const engine = this.#engine;
    if (!engine) return [];
    const load = async (/** @type {string} */ name) => {
      try {
        return [{ name, lent: await this.#means.loadLater(name, engine) }];
      } catch {
        return [];
      }
    };
    return (await Promise.all(names.map(load))).flat();
  }

  /**
   * @param {Need} need
   * @param {Permission} permission
   * @returns {Promise<Answer | null>} null: nobody was allowed to answer
   */
  async #answer(need, permission) {
    const { resolver, signal } = permission;
    const own = resolver ? await resolved(resolver, need, signal) : null;
    if (own || !permission.mayFetch(need)) return own;
    return this.#means.fetchNeed(need.url, { bytesMax: need.bytes_max, signal });
  }

  /**
   * @param {{name: string, lent: import("./wasm.js").Lent | undefined}[]} parts
   * @param {Need[]} needs
   * @param {(Answer | null)[]} answers
   */
  #provide(parts, needs, answers) {
    return this.#verify((verification) => {
      for (const { name, lent } of parts) verification.provide_part(name, lent);
      needs.forEach(({ url }, index) => {
        const answer = answers[index];
        if (!answer) return;
        if ("bytes" in answer) verification.provide(url, answer.bytes, answer.readAt ?? this.#means.clock());
        else verification.provide_failure(url, answer.failure);
      });
    });
  }

  /**
   * @param {(verification: Verification) => void} change
   * @returns {Report}
   */
  #verify(change) {
    return this.#call(() => {
      const verification = this.#verification;
      if (!verification) throw new EngineGone();
      change(verification);
      return run(verification);
    });
  }

  /**
   * The only way into the wasm. Nothing in there throws by design but the name of a policy's member that is not
   * understood, so whatever else comes out as an exception means that the instance is lost, for every client.
   * @template T
   * @param {(exports: import("./wasm.js").Exports) => T} work
   * @returns {T}
   */
  #call(work) {
    const engine = this.#engine;
    if (!engine || engine.stopped) throw new EngineGone();
    try {
      return work(engine.exports);
    } catch (cause) {
      if (cause instanceof EngineGone) throw cause;
      if (typeof cause === "string") throw new TypeError(`policy: ${cause}`);
      this.#means.dropEngine(engine);
      this.#verification = null;
      throw new VerifierStopped("the verifier stopped", { cause });
    }
  }
}

/**
 * @param {Verification} verification
 * @returns {Report}
 */
function run(verification) {
  const report = verification.verify();
  if (!report) throw new Error("no report came out");
  return report;
}

/**
 * What the page's own resolver answers, held to the same bounds as a fetch; null where it has no answer.
 * @param {Resolver} resolver
 * @param {Need} need
 * @param {AbortSignal} signal
 * @returns {Promise<Fetched | null>}
 */
async function resolved(resolver, need, signal) {
  const { promise, end } = patience(RESOLVER_MS, signal);
  try {
    const data = credentialData(await Promise.race([resolver({ ...need }), promise]));
    const bytes = data && (await readData(data)).bytes;
    return bytes && (bytes.length > need.bytes_max ? { failure: "fetch-too-large" } : { bytes });
  } catch {
    return null;
  } finally {
    end();
  }
}

/**
 * A promise of null, after a time or an abort.
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 */
export function patience(milliseconds, signal) {
  let end = () => {};
  const promise = /** @type {Promise<null>} */ (new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, null);
    end = () => {
      clearTimeout(timer);
      resolve(null);
    };
    signal?.addEventListener("abort", end, { once: true });
  }));
  return { promise, end };
}

/** The host a need is asked of, as the consent line names it. @param {string} url */
export function hostOf(url) {
  return parseAddress(url)?.host ?? "";
}

/** A DID document, then a status list, then that list's issuer; one more for what nobody thought of. */
const ROUNDS_MAX = 4;
/** A badge with endorsements needs about five. */
const REQUESTS_MAX = 16;
const RESOLVER_MS = 10_000;
