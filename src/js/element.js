import { FormControl } from "./control.js";
import { closestTag } from "./lang/index.js";
import { stopWaiting, whenNear } from "./nearness.js";
import { Session } from "./session.js";
import { credentialData, inlineText, nowText, policyData, resourcesData, textData } from "./source.js";

/**
 * @typedef {import("./session.js").Settings} Settings
 * @typedef {import("./source.js").Data} Data
 * @typedef {import("./types.js").Report} Report
 */

/**
 * Verifies an Open Badge, CLR or verifiable credential in the browser and shows what it is worth.
 *
 * The credential comes from the `credential` property, else from `src`, else from a child
 * `<script type="application/vc+json | application/vc+jwt | application/json">`, else from the reader: a drop zone.
 *
 * @attr {string} src Address of the credential. Another origin waits for the reader's consent under `network="ask"`.
 * @attr {"card" | "badge" | "full"} view How much is shown: the answers first and the rest a press away, one row, or
 *   everything, for print. Default: card.
 * @attr {"none" | "holder" | "issuer"} blind Review without bias: hides who the holder is and what tells their age, also
 *   without a value; with "issuer" the organisation's name and brand too, and then nobody is asked after a press. Default: none.
 * @attr {"light" | "dark"} theme The colours. Default: as the page's `color-scheme`.
 * @attr {number} heading-level Level of the verdict's heading, 1 to 6; other headings are one below. Default: 2.
 * @attr {string} verifier Address of a page elsewhere that checks the same credential again, which is handed over in the
 *   fragment of a link. Default: none, which offers no link, as long as this project has no page of its own.
 * @attr {"ask" | "auto" | "off"} network When key documents, status lists and a cross-origin `src` are fetched: after a
 *   press, at once, or never. Default: ask.
 * @attr {string} lang Language of the card. Default: the closest `lang` around the element, else English.
 * @attr {"lazy" | "eager"} loading When it starts: as it comes near the viewport, or at once, which a page that only wants
 *   the events needs. Inside a form, without a box, and before printing it starts at once too. Default: lazy.
 * @attr {string} name Name under which a form submits the original bytes, as a file. Default: none, nothing is submitted.
 * @attr {boolean} required A form needs a credential here, with an accepted headline.
 * @attr {string} accept-headlines The headlines a form accepts, separated by spaces. Default: verified.
 * @attr {boolean} disabled It takes no credential and is not submitted; what is there is still shown.
 *
 * @slot Shown until the first card is drawn, and where scripts or wasm do not run.
 * @slot loading - Shown in place of that while scripts run, until the first card with nothing more to come.
 * @slot after - Shown below the card, in a box of its own that nothing in it leaves.
 * @csspart root Everything that is drawn.
 * @csspart fallback The line that says that the verifier could not start.
 * @csspart zone Where a credential can be dropped, chosen or pasted.
 * @csspart notice What is said in place of a card.
 * @csspart card The card, or the row.
 * @csspart action Each button.
 * @csspart about Title, kind, holder and issuer.
 * @csspart title The title.
 * @csspart image The picture of the badge.
 * @csspart outcomes What the holder can do.
 * @csspart skills Skills below results.
 * @csspart facts What stands behind it.
 * @csspart source Where a fact is stated.
 * @csspart links Evidence and frameworks.
 * @csspart vouched Who vouches for it.
 * @csspart stack What leads to what.
 * @csspart parts The credentials inside it.
 * @csspart story Criteria and evidence at length.
 * @csspart checks The list of checks.
 * @csspart technical Proof, key, hash and document.
 * @csspart footer What stands below all that.
 * @csspart elsewhere The link to another verifier.
 * @csspart qr That link as a QR code.
 *
 * @cssproperty --badge-ground Background of the card.
 * @cssproperty --badge-soft Background of parts that stand back.
 * @cssproperty --badge-ink Text.
 * @cssproperty --badge-muted Text that says less.
 * @cssproperty --badge-line Borders and rules.
 * @cssproperty --badge-link Links and buttons.
 * @cssproperty --badge-bar Filled part of a ladder of levels.
 * @cssproperty --badge-font Font family, else the system's.
 * @cssproperty --badge-radius Radius of the corners, 12px by itself.
 *
 * @fires credential-checked Every completed report, in `detail`.
 * @fires credential-verified A report with the headline `verified`, and no other.
 * @fires credential-needs The addresses a completed report still waits for, in `detail`.
 * @fires credential-unblinded The reader ended a review without bias, which a page may want to log.
 */
export class VerifyCredential extends FormControl {
  static observedAttributes = ["src", "view", "network", "lang", "loading", "blind", "theme",
    "heading-level", "verifier", "name", "required", "accept-headlines"];

  /** @type {unknown} */
  #credential = null;
  /** @type {Data | null} */
  #given = null;
  /** @type {string | null} The text of an inline script. */
  #inlineText = null;
  /** @type {Data | null} */
  #inline = null;
  /** @type {unknown} */
  #resources = null;
  /** @type {Uint8Array | null} */
  #snapshot = null;
  /** @type {string | null} */
  #now = null;
  /** @type {unknown} */
  #policy = null;
  /** What `policy` said when it was set. */
  #decided = policyData(null);
  /** @type {import("./types.js").Resolver | null} */
  #resolver = null;
  /** @type {"look" | "all" | null} What the update that is due has to do. */
  #due = null;
  /** It has been near the viewport, or need not be. */
  #started = false;

  #session = new Session(this, {
    settings: () => this.#settings(),
    onReport: (report) => this.#announce(report),
    onUnblind: () => this.#emit("credential-unblinded", null),
    onChange: () => this.formChanged(),
  });
  #children = new MutationObserver(() => this.#readInline());

  /** Address of the credential; "" where there is none. Default: "". */
  get src() {
    return this.getAttribute("src") ?? "";
  }
  set src(value) {
    this.setAttribute("src", value);
  }

  /** @returns {"card" | "badge" | "full"} How much is shown. Default, also for unknown words: "card". */
  get view() {
    const value = this.getAttribute("view");
    return value === "badge" || value === "full" ? value : "card";
  }
  set view(value) {
    this.setAttribute("view", value);
  }

  /** @returns {"ask" | "auto" | "off"} Whether anything is fetched. Default, also for unknown words: "ask". */
  get network() {
    const value = this.getAttribute("network");
    return value === "auto" || value === "off" ? value : "ask";
  }
  set network(value) {
    this.setAttribute("network", value);
  }

  /** @returns {"lazy" | "eager"} When it starts. Default: "lazy". */
  get loading() {
    return this.getAttribute("loading") === "eager" ? "eager" : "lazy";
  }
  set loading(value) {
    this.setAttribute("loading", value);
  }

  /** @returns {"none" | "holder" | "issuer"} What a review without bias hides. Default: "none". */
  get blind() {
    const value = this.getAttribute("blind");
    return value === null || value === "none" ? "none" : value === "issuer" ? "issuer" : "holder";
  }
  set blind(value) {
    this.setAttribute("blind", value);
  }

  /** @returns {"" | "light" | "dark"} The colours; "" follows the page. Default, also for unknown words: "". */
  get theme() {
    const value = this.getAttribute("theme");
    return value === "light" || value === "dark" ? value : "";
  }
  set theme(value) {
    this.setAttribute("theme", value);
  }

  /** @returns {number} Level of the verdict's heading, 1 to 6. Default, also for what is no such level: 2. */
  get headingLevel() {
    const level = Number(this.getAttribute("heading-level") ?? 2);
    return Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2;
  }
  set headingLevel(value) {
    this.setAttribute("heading-level", String(value));
  }

  /** Address of a page that checks the credential again; "" is the project's own, "none" is none. Default: "". */
  get verifier() {
    return this.getAttribute("verifier") ?? "";
  }
  set verifier(value) {
    this.setAttribute("verifier", value);
  }

  /** The element's own language; "" takes the closest one around it. Default: "". */
  get lang() {
    return this.getAttribute("lang") ?? "";
  }
  set lang(value) {
    this.setAttribute("lang", value);
  }

  /**
   * The credential itself: its exact text or bytes, or a file. Goes before `src` and an inline script. Default: null.
   * @returns {unknown}
   */
  get credential() {
    return this.#credential;
  }
  set credential(value) {
    this.#given = credentialData(value);
    this.#credential = value ?? null;
    this.#sourceChanged();
  }

  /**
   * Documents that need not be fetched: `{dids, statusLists, documents, jwks}`, each a map from DID or address to the
   * document as JSON value or as text, and `readAt`, when they were read, which the card then says. The map itself, or
   * its JSON as text or bytes; `collect` makes one. Default: null.
   * @returns {unknown}
   */
  get resources() {
    return this.#resources;
  }
  set resources(value) {
    this.#snapshot = resourcesData(value);
    this.#resources = value ?? null;
    this.#schedule("all");
  }

  /** The date-time that counts as now: a `Date` or RFC 3339 text; null takes the clock. Default: null. */
  get now() {
    return this.#now;
  }
  set now(/** @type {string | Date | null} */ value) {
    this.#now = nowText(value);
    this.#schedule("all");
  }

  /**
   * What the page decides: `keys` it vouches for, lists of issuers it `trust`s, the `domain` and `challenge` a holder must
   * have signed, the `recipient` the viewer asks about, `roots` of certificates, and whether `linked` things are fetched and
   * compared. `now` set by itself goes before its `now`. Nothing is checked under a policy with an unknown member. Default: null.
   * @returns {unknown}
   */
  get policy() {
    return this.#policy;
  }
  set policy(value) {
    this.#decided = policyData(value);
    this.#policy = value ?? null;
    this.#schedule("all");
  }

  /**
   * Answers needs by the page's own means, whatever `network` says, and before anything is fetched: text, bytes or a Blob,
   * or a promise of them. An answer has ten seconds and the need's `bytes_max`. Default: null.
   */
  get resolver() {
    return this.#resolver;
  }
  set resolver(value) {
    if (value && typeof value !== "function") throw new TypeError("resolver must be a function");
    this.#resolver = value ?? null;
    this.#schedule("all");
  }

  /** The last completed report; null while there is none. */
  get report() {
    return this.#session.report;
  }

  connectedCallback() {
    this.#children.observe(this, { childList: true, subtree: true, characterData: true });
    this.#readInline();
    this.#schedule("all");
    for (const name of PROPERTIES) this.#upgrade(name);
  }

  disconnectedCallback() {
    this.#children.disconnect();
    stopWaiting(this);
    // A move within the page is a removal and an insertion: wait and see.
    queueMicrotask(() => {
      if (!this.isConnected) this.#session.stop();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} after
   */
  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "src") this.#sourceChanged();
    else if (name === "required" || name === "accept-headlines") this.formChanged();
    else this.#schedule(name === "network" || name === "loading" ? "all" : "look");
  }

  /** Its bytes are wanted from now on, or no more. */
  formAssociatedCallback() {
    this.formChanged();
    this.#schedule("all");
  }

  /** As native controls do, it goes back to what its attributes and children say. */
  formResetCallback() {
    this.#given = this.#credential = null;
    this.#sourceChanged();
  }

  formDisabledCallback() {
    this.#schedule("look");
  }

  /** @override @protected */
  formState() {
    const session = this.#session;
    return { standing: session.standing, words: () => session.words, anchor: session.anchor };
  }

  /** @returns {Settings} */
  #settings() {
    return {
      given: this.#given,
      src: this.src.trim() || null,
      inline: this.#inline,
      view: this.view,
      blind: this.blind,
      headingLevel: this.headingLevel,
      verifier: this.verifier,
      network: this.network,
      languageTag: closestTag(this),
      policy: this.#now === null ? this.#decided : { ...this.#decided, now: this.#now },
      snapshot: this.#snapshot,
      resolver: this.#resolver,
      inForm: this.form !== null,
      submitted: this.form !== null && this.name !== "",
      disabled: this.matches(":disabled"),
    };
  }

  /**
   * A property set before the element was defined hides the accessor of the same name: set it again, properly.
   * @param {string} name
   */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = Reflect.get(this, name);
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, value);
  }

  #readInline() {
    if (document.readyState === "loading") return;
    const text = inlineText(this);
    if (text === this.#inlineText) return;
    this.#inlineText = text;
    this.#inline = textData(text ?? "");
    this.#sourceChanged();
  }

  #sourceChanged() {
    this.#session.forget();
    this.#schedule("all");
  }

  /** @param {"look" | "all"} what */
  #schedule(what) {
    if (!this.isConnected) return;
    if (this.#due === null) queueMicrotask(() => this.#update());
    if (this.#due !== "all") this.#due = what;
  }

  /** All changes of one task end here, together. */
  #update() {
    const due = this.#due;
    this.#due = null;
    if (!this.isConnected) return;
    // While the page is being parsed, a script inside this element may be there by half.
    if (document.readyState === "loading" && this.#given === null && !this.src) {
      document.addEventListener("DOMContentLoaded", () => this.connectedCallback(), { once: true });
      return;
    }
    this.#started ||= this.loading === "eager" || this.form !== null;
    if (!this.#started) return whenNear(this, () => this.#start());
    stopWaiting(this);
    void (due === "look" ? this.#session.relook() : this.#session.restart());
  }

  #start() {
    this.#started = true;
    this.#schedule("all");
  }

  /** @param {Report} report */
  #announce(report) {
    this.#emit("credential-checked", report);
    if (report.headline === "verified") this.#emit("credential-verified", report);
    if (report.needs.length > 0) this.#emit("credential-needs", report.needs);
  }

  /**
   * @param {string} name
   * @param {unknown} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

const PROPERTIES = ["src", "view", "network", "lang", "loading", "blind", "theme", "headingLevel", "verifier",
  "name", "required", "acceptHeadlines", "disabled", "credential", "resources", "now", "policy", "resolver"];
