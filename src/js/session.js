import { Client, EngineGone, VerifierStopped, hostOf } from "./client.js";
import { fetchNeed, fetchSource } from "./fetch.js";
import { loadLanguage } from "./lang/index.js";
import { SOURCE_BYTES_MAX, judgeAddress, readData, textData } from "./source.js";
import { startFailure } from "./start-failure.js";
import { Surface } from "./surface.js";
import { dropEngine, loadEngine } from "./wasm.js";

/**
 * @typedef {import("./source.js").Data} Data
 * @typedef {import("./wasm.js").Report} Report
 *
 * @typedef {object} Settings What the element's attributes and properties say at this moment.
 * @property {Data | null} given
 * @property {string | null} src
 * @property {Data | null} inline
 * @property {"card" | "badge"} view
 * @property {"ask" | "auto" | "off"} network
 * @property {string} languageTag
 * @property {string | null} now
 * @property {Uint8Array | null} snapshot
 * @property {import("./client.js").Resolver | null} resolver
 *
 * @typedef {{show: "zone"} | {show: "report", busy: boolean} | {show: "notice", notice: string, host?: string}} Scene
 * @typedef {{bytes: Uint8Array, name: string} | Scene} Loaded The input, or what to show in its place.
 */

/**
 * What goes on inside one element: from its source to a drawn card, and what the reader does with that. Permission is
 * decided here: nothing is fetched but what `network`, a press, or the same origin allows.
 */
export class Session {
  /** @type {() => Settings} */
  #settings;
  /** @type {(report: Report) => void} */
  #onReport;
  /** @type {Surface} */
  #surface;
  /** @type {Data | null} What the reader dropped, chose or pasted. */
  #dropped = null;
  /** What the reader allowed, for this source only. */
  #consent = { source: false, hosts: /** @type {Set<string>} */ (new Set()) };
  #revealed = false;
  /** Aborted as soon as a newer run begins: whatever still arrives for an older one is dropped. */
  #run = new AbortController();
  #client = new Client(MEANS);
  /** @type {Scene | null} */
  #scene = null;
  /** @type {Report | null} */
  #report = null;
  /** @type {import("./lang/index.js").Language} */
  #language = { tag: "en", direction: "ltr", messages: null };

  /**
   * @param {HTMLElement} host
   * @param {() => Settings} settings
   * @param {(report: Report) => void} onReport called with every completed report, once it is drawn
   */
  constructor(host, settings, onReport) {
    this.#settings = settings;
    this.#onReport = onReport;
    this.#surface = new Surface(host, {
      onAction: (action) => this.#act(action),
      onInput: (data) => this.#take(data),
    });
  }

  /** The last completed report. */
  get report() {
    return this.#report;
  }

  /** Another source: what was found, allowed, revealed or dropped for the one before is over. */
  forget() {
    this.#run.abort();
    this.#report = null;
    this.#dropped = null;
    this.#consent = { source: false, hosts: new Set() };
    this.#revealed = false;
  }

  /** Begins anew from the source. */
  async restart() {
    this.stop();
    const client = (this.#client = new Client(MEANS));
    const { signal } = (this.#run = new AbortController());
    await this.#attempt(() => this.#check(client, signal));
    if (signal.aborted) client.close();
  }

  /** Draws again what is shown, in another view or language. */
  async relook() {
    if (!this.#scene) return this.restart();
    const { signal } = this.#run;
    await this.#attempt(async () => {
      const language = await loadLanguage(this.#settings().languageTag);
      if (signal.aborted) return;
      this.#language = language;
      if (this.#scene) this.#show(this.#scene);
    });
  }

  /** Ends what is going on, and gives its memory back. */
  stop() {
    this.#run.abort();
    this.#client.close();
    this.#scene = null;
    this.#report = null;
  }

  /**
   * @param {Client} client
   * @param {AbortSignal} signal
   */
  async #check(client, signal) {
    const settings = this.#settings();
    const loading = this.#load(settings, signal);
    const [language] = await Promise.all([loadLanguage(settings.languageTag), client.start()]);
    if (signal.aborted) return;
    this.#language = language;
    const first = await Promise.race([loading, patience()]);
    if (signal.aborted) return;
    if (!first) this.#show({ show: "notice", notice: "loading" });
    const loaded = first ?? (await loading);
    if (signal.aborted) return;
    if ("show" in loaded) return this.#show(loaded);
    const { report, snapshotRead } = await client.open({ ...loaded, now: settings.now, snapshot: settings.snapshot });
    if (!snapshotRead) console.warn("verify-credential: .resources could not be read");
    if (!signal.aborted) await this.#settle(report);
  }

  /**
   * The bytes of the source, by precedence. Never rejects.
   * @param {Settings} settings
   * @param {AbortSignal} signal
   * @returns {Promise<Loaded>}
   */
  async #load({ given, src, inline, network }, signal) {
    const data = given ?? (src === null ? (inline ?? this.#dropped) : null);
    if (data) return readData(data).catch(() => UNREACHABLE);
    if (src === null) return { show: "zone" };
    const { base, origin } = { base: document.baseURI, origin: location.origin };
    const { url, leave } = judgeAddress(src, { base, origin, network });
    if (leave === "refuse") return { show: "notice", notice: network === "off" ? "source-refused" : "source-bad-address" };
    if (leave === "ask" && !this.#consent.source) return { show: "notice", notice: "source-consent", host: url.host };
    const fetched = await fetchSource(url, { bytesMax: SOURCE_BYTES_MAX, signal, origin });
    if ("failure" in fetched) return { ...UNREACHABLE, host: url.host };
    return { bytes: fetched.bytes, name: url.protocol === "data:" ? "" : url.href };
  }

  /**
   * Takes a first report as far as permission goes, and completes it.
   * @param {Report} report
   */
  async #settle(report) {
    const { network, resolver } = this.#settings();
    const { signal } = this.#run;
    const mayFetch = network === "auto" || (network === "ask" && this.#consent.hosts.size > 0);
    const hosts = network === "ask" ? this.#consent.hosts : null;
    const onReport = () => {
      if (!signal.aborted) this.#show({ show: "report", busy: true });
    };
    if (report.needs.length > 0 && (mayFetch || resolver)) onReport();
    const last = await this.#client.settle(report, { mayFetch, hosts, resolver, signal, onReport });
    if (signal.aborted) return;
    this.#report = last;
    this.#show({ show: "report", busy: false });
    this.#onReport(last);
  }

  /** @param {Scene} scene */
  #show(scene) {
    this.#scene = scene;
    const { given, src, inline, view, network } = this.#settings();
    const ownSource = given !== null || src !== null || inline !== null;
    const options = JSON.stringify({
      view,
      network,
      revealed: this.#revealed,
      busy: scene.show === "report" && scene.busy,
      language: this.#language.tag,
      messages: this.#language.messages,
      host: scene.show === "notice" ? scene.host : undefined,
      notice: scene.show === "notice" ? scene.notice : undefined,
      drop: !ownSource,
    });
    this.#surface.acceptsInput = !ownSource;
    this.#surface.draw(this.#language, this.#client.sheet, (root) => {
      if (scene.show === "zone") this.#client.drawDropZone(root, options);
      else if (scene.show === "notice") this.#client.drawNotice(root, options);
      else this.#client.drawReport(root, options);
    });
  }

  /** @param {string} action */
  #act(action) {
    if (action === "choose") return this.#surface.chooseFile();
    if (action === "paste") return this.#take(textData(this.#surface.pastedText));
    if (action === "reveal") {
      // The card of the credential before may still be drawn.
      if (this.#scene?.show !== "report") return;
      this.#revealed = true;
      return void this.relook();
    }
    if (action === "clear") {
      this.forget();
      return void this.restart();
    }
    const onReport = this.#scene?.show === "report";
    const onConsent = this.#scene?.show === "notice" && this.#scene.notice === "source-consent";
    if (action === "fetch-source" && onConsent) this.#consent.source = true;
    else if (action === "fetch" || (action === "retry" && onReport)) return void this.#fetchNeeds();
    else if (action !== "retry") return;
    void this.restart();
  }

  /** The reader's press: it is the consent for the hosts shown, and it asks failed addresses again. */
  #fetchNeeds() {
    if (this.#scene?.show !== "report" || this.#scene.busy) return;
    // Only the hosts that the consent line named; a list may lead to others, which ask anew.
    for (const need of this.#report?.needs ?? []) this.#consent.hosts.add(hostOf(need.url));
    return this.#attempt(async () => this.#settle(this.#client.forgetFailures()));
  }

  /** @param {Data | null} data */
  #take(data) {
    if (!data) return;
    this.forget();
    this.#dropped = data;
    void this.restart();
  }

  /**
   * Runs work that may find the verifier gone. Nothing that goes wrong in it says anything about the credential.
   * @param {() => Promise<void>} work
   */
  async #attempt(work) {
    const { signal } = this.#run;
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) await this.#recover(error);
    }
  }

  /** @param {unknown} error */
  async #recover(error) {
    // Another element's credential stopped the instance; this one had no part in it.
    if (error instanceof EngineGone) return this.restart();
    this.stop();
    // The loader has told the console, once for all elements.
    if (!startFailure(error)) console.error("verify-credential:", error);
    const { signal } = (this.#run = new AbortController());
    try {
      if (!(error instanceof VerifierStopped)) throw error;
      await (this.#client = new Client(MEANS)).start();
      if (!signal.aborted) this.#show({ show: "notice", notice: "verifier-stopped" });
    } catch (failure) {
      this.#scene = null;
      if (!signal.aborted) this.#surface.showFallback(startFailure(failure));
    }
  }
}

/** Resolves to null once a reader would want to know what takes so long. */
function patience() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
}

/** @type {{show: "notice", notice: string}} */
const UNREACHABLE = { show: "notice", notice: "source-unreachable" };

const PATIENCE_MS = 200;

/** @type {import("./client.js").Means} */
const MEANS = { loadEngine, dropEngine, fetchNeed, clock: () => Math.floor(Date.now() / 1000) };
