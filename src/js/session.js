import { Client, EngineGone, VerifierStopped, hostOf, patience } from "./client.js";
import { allow, isAllowed, onAllowed } from "./consent.js";
import { fetchSource } from "./fetch.js";
import { ENGLISH, loadLanguage } from "./lang/index.js";
import { Language } from "./lang/language.js";
import { Later } from "./later.js";
import { fetchShared } from "./share.js";
import { SOURCE_BYTES_MAX, judgeAddress, readData, textData } from "./source.js";
import { startFailure } from "./start-failure.js";
import { NOT_STARTED, Surface } from "./surface.js";
import { dropEngine, loadLater, loadEngine } from "./wasm.js";

/**
 * @typedef {import("./source.js").Data} Data
 * @typedef {import("./types.js").Report} Report
 *
 * @typedef {object} Settings What the element's attributes and properties say at this moment.
 * @property {Data | null} given
 * @property {string | null} src
 * @property {Data | null} inline
 * @property {"card" | "badge" | "full"} view
 * @property {"none" | "holder" | "issuer"} blind
 * @property {number} headingLevel
 * @property {string} verifier
 * @property {"ask" | "auto" | "off"} network
 * @property {string} languageTag
 * @property {import("./types.js").Policy} policy
 * @property {Uint8Array | null} snapshot
 * @property {import("./types.js").Resolver | null} resolver
 * @property {boolean} inForm whether a form may want the original bytes
 * @property {boolean} submitted whether it would send them
 * @property {boolean} disabled
 *
 * @typedef {object} Hooks What a session asks and tells its element.
 * @property {() => Settings} settings
 * @property {(report: Report) => void} onReport called with every completed report, once it is drawn
 * @property {() => void} onUnblind called when the reader ends a review without bias
 * @property {() => void} onChange called whenever `standing` may have changed
 *
 * @typedef {object} Standing What a form wants to know.
 * @property {{data: Data, name: string, start: string} | null} input the bytes as they were given, dropped or fetched,
 *   and their first letters
 * @property {boolean} empty there is no credential, and none on its way
 * @property {string | null} headline that of a completed report
 *
 * @typedef {{show: "zone"} | {show: "report", busy: boolean} | {show: "notice", notice: string, host?: string}} Scene
 * @typedef {{bytes: Uint8Array<ArrayBuffer>, name: string, data?: Data} | Scene} Loaded The input, or what to show in its place.
 */

/**
 * What goes on inside one element: from its source to a drawn card, and what the reader does with that. Permission is
 * decided here: nothing is fetched but what `network`, a press, or the same origin allows.
 */
export class Session {
  /** @type {Hooks} */
  #hooks;
  /** @type {Surface} */
  #surface;
  /** @type {Data | null} What the reader dropped, chose or pasted. */
  #dropped = null;
  /** @type {Standing["input"]} What a form submits; kept only inside one. */
  #input = null;
  #revealed = false;
  /** The reader ended the review without bias. */
  #unblinded = false;
  #later = new Later();
  /** @type {Uint8Array<ArrayBuffer> | null} What is being verified, for whoever is to check it again. */
  #bytes = null;
  /** Aborted as soon as a newer run begins: whatever still arrives for an older one is dropped. */
  #run = new AbortController();
  #client = new Client(MEANS);
  /** @type {Scene | null} */
  #scene = null;
  /** @type {Report | null} */
  #report = null;
  /** @type {{report: Report, blind: string, shown: Report} | null} What a review without bias lets a page have of it. */
  #hidden = null;
  #language = new Language(ENGLISH, ENGLISH, "ltr", {});

  /**
   * @param {HTMLElement} host
   * @param {Hooks} hooks
   */
  constructor(host, hooks) {
    this.#hooks = hooks;
    this.#surface = new Surface(host, {
      onAction: (action) => this.#act(action),
      onOpen: () => this.#open(),
      onInput: (data) => this.#take(data),
    });
  }

  /** The last completed report, as the page may have it; the same object as long as that is the same. */
  get report() {
    const blind = this.#blind;
    const report = this.#report;
    if (!report || !blind) return report;
    if (this.#hidden?.report === report && this.#hidden.blind === blind) return this.#hidden.shown;
    try {
      const shown = this.#client.shownReport(JSON.stringify({ blind }));
      if (shown) this.#hidden = { report, blind, shown };
      return shown;
    } catch {
      // Another element's credential stopped what would hide it.
      return null;
    }
  }

  /** What is hidden at this moment, as the core is told. */
  get #blind() {
    const { blind } = this.#settings();
    return blind === "none" || this.#unblinded ? undefined : blind;
  }

  /** @returns {Standing} */
  get standing() {
    const { given, src, inline } = this.#settings();
    const scene = this.#scene;
    const isMissing = scene?.show === "notice" && scene.notice.startsWith("source-");
    const empty = isMissing || !(given || src || inline || this.#dropped);
    return { input: this.#input, empty, headline: this.#report?.headline ?? null };
  }

  /** What is shown, in a few plain words. */
  get words() {
    const scene = this.#scene;
    let id = "busy";
    if (scene?.show === "zone") id = "drop.title";
    if (scene?.show === "notice") id = `notice.${scene.notice}`;
    if (scene?.show === "report" && this.#report) id = `headline.${this.#report.headline}`;
    const host = (scene?.show === "notice" && scene.host) || "";
    try {
      const text = this.#client.text(id, this.#language);
      return text.replace("{host}", () => host).replace(/[\p{P}\s]*\{why\}/u, "");
    } catch {
      return NOT_STARTED;
    }
  }

  /** Where a message about it can point. */
  get anchor() {
    return this.#surface.anchor;
  }

  /** Another source: what was found, revealed or dropped for the one before is over. */
  forget() {
    this.#run.abort();
    this.#report = null;
    this.#hidden = null;
    this.#input = null;
    this.#dropped = null;
    this.#revealed = false;
    this.#unblinded = false;
    this.#hooks.onChange();
  }

  /** Begins anew from the source. */
  async restart() {
    this.stop();
    this.#later.isLacking = false;
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
      const { languageTag } = this.#settings();
      const language = await loadLanguage(languageTag);
      // A badge may have been drawn without what a review without bias needs.
      if (this.#blind) await this.#later.look(this.#client);
      // Another language may have been asked for meanwhile, and be there already.
      if (signal.aborted || languageTag !== this.#settings().languageTag) return;
      this.#language = language;
      if (this.#scene) this.#show(this.#scene);
      await this.#link(signal);
    });
  }

  /** Ends what is going on, and gives its memory back. */
  stop() {
    this.#run.abort();
    this.#client.close();
    this.#scene = null;
    this.#report = null;
    this.#hidden = null;
    this.#input = null;
    this.#bytes = null;
    this.#later.forget();
    this.#hooks.onChange();
  }

  /**
   * @param {Client} client
   * @param {AbortSignal} signal
   */
  async #check(client, signal) {
    const settings = this.#settings();
    onAllowed(() => this.#wake(), signal);
    const loading = this.#load(settings, signal);
    const [language] = await Promise.all([loadLanguage(settings.languageTag), client.start()]);
    if (signal.aborted) return;
    this.#language = language;
    // A review without bias is drawn by nothing else, and a server's card is whole already.
    if (this.#blind || (this.#surface.isServed && settings.view !== "badge")) await this.#later.look(client);
    else if (settings.view === "full") void client.loadLook();
    if (signal.aborted) return;
    const first = await Promise.race([loading, patience(PATIENCE_MS).promise]);
    if (signal.aborted) return;
    if (!first) this.#show({ show: "notice", notice: "loading" });
    const loaded = first ?? (await loading);
    if (signal.aborted) return;
    if ("show" in loaded) return this.#show(loaded);
    if (settings.inForm) this.#keep(loaded);
    const { bytes, name } = loaded;
    this.#bytes = bytes;
    const { policy, snapshot } = settings;
    const { report, snapshotRead } = await client.open({ bytes, name, policy, snapshot });
    if (!snapshotRead) console.warn("verify-credential: .resources could not be read");
    if (signal.aborted) return;
    await this.#settle(report);
    await this.#link(signal);
  }

  /**
   * Adds the link to another page to the card, where one can be had: it may take longer than the verdict. A review
   * without bias has none, for it carries what is hidden.
   * @param {AbortSignal} signal
   */
  async #link(signal) {
    const { view, verifier } = this.#settings();
    const bytes = view === "badge" || this.#blind ? null : this.#bytes;
    const isNew = await this.#later.link(bytes, verifier, signal);
    if (isNew && this.#scene?.show === "report") this.#show(this.#scene);
  }

  /**
   * The bytes of the source, by precedence. Never rejects.
   * @param {Settings} settings
   * @param {AbortSignal} signal
   * @returns {Promise<Loaded>}
   */
  async #load({ given, src, inline, network }, signal) {
    const data = given ?? (src === null ? (inline ?? this.#dropped) : null);
    if (data) return readData(data).then((read) => ({ ...read, data }), () => UNREACHABLE);
    if (src === null) return { show: "zone" };
    const { base, origin } = { base: document.baseURI, origin: location.origin };
    const { url, leave } = judgeAddress(src, { base, origin, network });
    if (leave === "refuse") return { show: "notice", notice: network === "off" ? "source-refused" : "source-bad-address" };
    if (leave === "ask" && !isAllowed("source", url.host)) return { show: "notice", notice: "source-consent", host: url.host };
    const fetched = await fetchSource(url, { bytesMax: SOURCE_BYTES_MAX, signal, origin });
    if ("failure" in fetched) return { ...UNREACHABLE, host: url.host };
    return { bytes: fetched.bytes, name: url.protocol === "data:" ? "" : url.href };
  }

  /** @param {{bytes: Uint8Array<ArrayBuffer>, name: string, data?: Data}} loaded */
  #keep({ bytes, name, data = bytes }) {
    const start = new TextDecoder("windows-1252").decode(bytes.subarray(0, 64)).replace(/^(ï»¿)?\s*/, "");
    this.#input = { data, name, start };
    this.#hooks.onChange();
  }

  /**
   * Takes a first report as far as permission goes, and completes it.
   * @param {Report} report
   */
  async #settle(report) {
    const { network, resolver } = this.#settings();
    const { signal } = this.#run;
    const mayFetch = this.#mayFetch(network);
    const onReport = () => {
      if (!signal.aborted) this.#show({ show: "report", busy: true });
    };
    if (report.needs.some((need) => resolver || mayFetch(need))) onReport();
    const last = await this.#client.settle(report, { mayFetch, resolver, signal, onReport });
    if (signal.aborted) return;
    this.#report = last;
    this.#show({ show: "report", busy: false });
    const shown = this.report;
    if (shown) this.#hooks.onReport(shown);
  }

  /**
   * Whether a need may be asked at this moment: a press in any element of the page may change that.
   * @param {Settings["network"]} network
   * @returns {(need: {url: string}) => boolean}
   */
  #mayFetch(network) {
    return ({ url }) => network === "auto" || (network === "ask" && isAllowed("needs", hostOf(url)));
  }

  /** Somebody allowed something, here or in another element: goes on if that is what this one waits for. */
  #wake() {
    const [scene, report] = [this.#scene, this.#report];
    const { network } = this.#settings();
    if (scene?.show === "notice" && scene.notice === "source-consent") {
      if (isAllowed("source", scene.host ?? "")) void this.restart();
    } else if (scene?.show === "report" && !scene.busy && report?.needs.some(this.#mayFetch(network))) {
      void this.#attempt(() => this.#settle(report));
    }
  }

  /** @param {Scene} scene */
  #show(scene) {
    this.#scene = scene;
    if (this.#surface.isHeld && (scene.show === "report" ? scene.busy : "notice" in scene && scene.notice === "loading")) return;
    const { given, src, inline, view, headingLevel, languageTag, network, disabled, submitted } = this.#settings();
    const ownSource = given !== null || src !== null || inline !== null;
    const options = JSON.stringify({
      view,
      network,
      revealed: this.#revealed,
      busy: scene.show === "report" && scene.busy,
      blind: this.#blind,
      heading: String(headingLevel),
      lang: languageTag,
      host: scene.show === "notice" ? scene.host : undefined,
      notice: scene.show === "notice" ? scene.notice : undefined,
      drop: !ownSource,
      submitted,
      ...this.#later.options,
      open: this.#surface.open,
    });
    this.#surface.acceptsInput = !ownSource && !disabled;
    this.#surface.disabled = disabled;
    this.#surface.draw(this.#language, this.#client.sheet, (root) => {
      if (scene.show === "zone") this.#client.drawDropZone(root, options, this.#language);
      else if (scene.show === "notice") this.#client.drawNotice(root, options, this.#language);
      else this.#client.drawReport(root, options, this.#language);
    });
    this.#loadLook();
    this.#hooks.onChange();
  }

  /** The reader opened something; where what is in it could not be loaded, that is tried once more. */
  #open() {
    if (!this.#later.isLacking) return this.#loadLook();
    this.#later.isLacking = false;
    void this.relook();
  }

  /** Loads what draws the things that are open, and draws them. */
  #loadLook() {
    if (!this.#surface.isWaiting(this.#settings().view === "full")) return;
    void this.#attempt(async () => {
      if ((await this.#later.lookOnce(this.#client)) && this.#scene) this.#show(this.#scene);
    });
  }

  #settings() {
    return this.#hooks.settings();
  }

  /** @param {string} action */
  #act(action) {
    if (action === "choose") return this.#surface.chooseFile();
    if (action === "paste") return this.#take(textData(this.#surface.pastedText));
    if (action === "reveal" || action === "unblind") {
      // The card of the credential before may still be drawn.
      if (this.#scene?.show !== "report") return;
      if (action === "reveal") {
        this.#revealed = true;
        return void this.relook();
      }
      this.#unblinded = true;
      this.#hooks.onUnblind();
      return void this.relook();
    }
    if (action === "copy") return void this.#copy();
    if (action === "clear") {
      this.forget();
      return void this.restart();
    }
    const scene = this.#scene;
    if (action === "fetch-source") {
      // Wakes this element as well.
      if (scene?.show === "notice" && scene.notice === "source-consent") allow("source", [scene.host ?? ""]);
    } else if (action === "fetch" || (action === "retry" && scene?.show === "report")) void this.#fetchNeeds(action === "fetch");
    else if (action === "retry") void this.restart();
  }

  /**
   * The reader's press: it asks failed addresses again.
   * @param {boolean} isConsent whether the card named the hosts that are still to be asked
   */
  #fetchNeeds(isConsent) {
    if (this.#scene?.show !== "report" || this.#scene.busy) return;
    // Not to be woken by its own press.
    this.#scene = { show: "report", busy: true };
    // Only the hosts that the consent line named; a list may lead to others, which ask anew.
    if (isConsent) allow("needs", (this.#report?.needs ?? []).map((need) => hostOf(need.url)));
    return this.#attempt(async () => this.#settle(this.#client.forgetFailures()));
  }

  /** Puts the report on the clipboard, where the browser lets this page, and says what came of it. */
  async #copy() {
    const { signal } = this.#run;
    const { report } = this;
    if (!report) return;
    await this.#later.copy(report);
    if (!signal.aborted && this.#scene) this.#show(this.#scene);
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
      this.#hooks.onChange();
    }
  }
}

/** @type {{show: "notice", notice: string}} */
const UNREACHABLE = { show: "notice", notice: "source-unreachable" };

/** After this a reader would want to know what takes so long. */
const PATIENCE_MS = 200;

/** @type {import("./client.js").Means} */
const MEANS = { loadEngine, dropEngine, loadLater, fetchNeed: fetchShared, clock: () => Math.floor(Date.now() / 1000) };
