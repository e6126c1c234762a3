/**
 * Verifies one input: run, fetch what the report needs, provide it, run again, in bounded rounds. The only module that
 * calls into the wasm. It decides nothing about the credential and nothing about permission: both come from outside.
 */

/**
 * @typedef {import("./wasm.js").Engine} Engine
 * @typedef {import("./wasm.js").Need} Need
 * @typedef {import("./wasm.js").Report} Report
 * @typedef {import("./wasm.js").Verification} Verification
 * @typedef {import("./fetch.js").Fetched} Fetched
 *
 * @typedef {object} Means What a client works with; unit tests put their own in.
 * @property {() => Promise<Engine>} loadEngine
 * @property {(engine: Engine) => void} dropEngine
 * @property {(address: string, bounds: {bytesMax: number, signal: AbortSignal}) => Promise<Fetched>} fetchNeed
 * @property {() => number} clock Unix seconds
 *
 * @typedef {object} Input
 * @property {Uint8Array} bytes exactly as received
 * @property {string} name a file name or address: shown as a hint, never trusted
 * @property {string | null} now the date-time that counts as now; null takes the clock
 * @property {Uint8Array | null} snapshot documents and lists the page holds already, as JSON
 *
 * @typedef {(need: Need) => unknown} Resolver The page's own answer to a need: bytes or text, or a promise of them;
 *   null or undefined where it has none.
 *
 * @typedef {object} Permission
 * @property {boolean} mayFetch
 * @property {Set<string> | null} [hosts] the only hosts that may be asked; none: any
 * @property {Resolver | null} resolver
 * @property {AbortSignal} signal
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
   * @returns {Promise<{report: Report, snapshotRead: boolean}>} the first report, from what is at hand
   */
  async open(input) {
    this.close();
    await this.start();
    const policy = input.now === null ? { clock: this.#means.clock() } : { now: input.now };
    return this.#call(({ Verification }) => {
      const verification = new Verification(input.bytes, input.name, JSON.stringify(policy));
      this.#verification = verification;
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
    let last = report;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const fresh = last.needs.filter((need) => !asked.has(need.url) && (permission.resolver || isAllowed(need, permission)));
      const needs = [...new Map(fresh.map((need) => [need.url, need])).values()].slice(0, REQUESTS_MAX - asked.size);
      if (needs.length === 0 || !(permission.mayFetch || permission.resolver)) break;
      for (const need of needs) asked.add(need.url);
      if (round > 0) permission.onReport?.(last);
      const answers = await Promise.all(needs.map((need) => this.#answer(need, permission)));
      if (permission.signal.aborted) break;
      last = this.#provide(needs, answers);
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
   */
  drawReport(root, options) {
    this.#call(() => this.#verification?.draw(root, options));
  }

  /**
   * @param {Element} root
   * @param {string} options JSON
   */
  drawDropZone(root, options) {
    this.#call((exports) => exports.draw_drop_zone(root, options));
  }

  /**
   * @param {Element} root
   * @param {string} options JSON
   */
  drawNotice(root, options) {
    this.#call((exports) => exports.draw_notice(root, options));
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
   * @param {Need} need
   * @param {Permission} permission
   * @returns {Promise<Fetched | null>} null: nobody was allowed to answer
   */
  async #answer(need, permission) {
    const { resolver, signal } = permission;
    const own = resolver ? await resolved(resolver, need) : null;
    if (own) return own;
    return isAllowed(need, permission) ? this.#means.fetchNeed(need.url, { bytesMax: need.bytes_max, signal }) : null;
  }

  /**
   * @param {Need[]} needs
   * @param {(Fetched | null)[]} answers
   */
  #provide(needs, answers) {
    return this.#verify((verification) => {
      needs.forEach(({ url }, index) => {
        const answer = answers[index];
        if (!answer) return;
        if ("bytes" in answer) verification.provide(url, answer.bytes, this.#means.clock());
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
   * The only way into the wasm. Nothing in there throws by design, so whatever comes out as an exception means that
   * the instance is lost, for every client.
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
 * @returns {Promise<Fetched | null>}
 */
async function resolved(resolver, need) {
  try {
    const answer = await Promise.race([resolver({ ...need }), later(RESOLVER_MS)]);
    const bytes = typeof answer === "string" ? new TextEncoder().encode(answer) : answer;
    if (!(bytes instanceof Uint8Array)) return null;
    return bytes.length > need.bytes_max ? { failure: "fetch-too-large" } : { bytes: bytes.slice() };
  } catch {
    return null;
  }
}

/** @param {number} milliseconds */
function later(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}

/** A DID document, then a status list, then that list's issuer; one more for what nobody thought of. */
/** The host a need is asked of, as the consent line names it. @param {string} url */
export function hostOf(url) {
  return URL.canParse(url) ? new URL(url).host : "";
}

/**
 * @param {Need} need
 * @param {Permission} permission
 */
function isAllowed({ url }, { mayFetch, hosts }) {
  return mayFetch && (!hosts || hosts.has(hostOf(url)));
}

const ROUNDS_MAX = 4;
/** A badge with endorsements needs about five. */
const REQUESTS_MAX = 16;
const RESOLVER_MS = 10_000;
