/**
 * @typedef {import("./session.js").Standing} Standing
 */

/** Importing the package where there is no DOM is no error; using the element there is. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? Object);

/**
 * The part of the element that a form sees, with the names and the behaviour of a native control: what is submitted
 * under `name` are the original bytes of the credential, as a file, whatever was found about them. Who receives them
 * checks again.
 *
 * Nothing is demanded without `required` and `accept-headlines`. With either, a credential that is there must have an
 * accepted headline: `verified`, unless `accept-headlines` says otherwise. One that is not checked yet, or could not be,
 * has none, so it is not accepted.
 *
 * Nothing is kept for a page that is come back to: a browser would store the credential.
 */
export class FormControl extends Base {
  static formAssociated = true;

  #internals = this.attachInternals();
  /** The page's own objection. */
  #objection = "";
  /** @type {Standing["input"] | undefined} */
  #submitted;

  /** The form it belongs to; null outside of one. */
  get form() {
    return this.#internals.form;
  }

  /** The `<label>`s for it. */
  get labels() {
    return this.#internals.labels;
  }

  /** @returns {string} The kind of control. */
  get type() {
    return this.localName;
  }

  /** The name the bytes are submitted under; without one they are not. Default: "". */
  get name() {
    return this.getAttribute("name") ?? "";
  }
  set name(value) {
    this.setAttribute("name", value);
  }

  /** Whether a form needs a credential here. Default: false. */
  get required() {
    return this.hasAttribute("required");
  }
  set required(value) {
    this.toggleAttribute("required", Boolean(value));
  }

  /** Whether it takes no credential and is not submitted. Default: false. */
  get disabled() {
    return this.hasAttribute("disabled");
  }
  set disabled(value) {
    this.toggleAttribute("disabled", Boolean(value));
  }

  /** The headlines a form accepts, separated by spaces. Default: "verified". */
  get acceptHeadlines() {
    return this.getAttribute("accept-headlines") ?? "verified";
  }
  set acceptHeadlines(value) {
    this.setAttribute("accept-headlines", value);
  }

  get validity() {
    return this.#internals.validity;
  }
  get validationMessage() {
    return this.#internals.validationMessage;
  }
  get willValidate() {
    return this.#internals.willValidate;
  }
  checkValidity() {
    return this.#internals.checkValidity();
  }
  reportValidity() {
    return this.#internals.reportValidity();
  }

  /** The page's own objection, which stands until it is "". @param {string} message */
  setCustomValidity(message) {
    this.#objection = String(message);
    this.formChanged();
  }

  /**
   * What a form should know at this moment.
   * @protected
   * @returns {{standing: Standing, words: () => string, anchor: HTMLElement | undefined} | null}
   */
  formState() {
    return null;
  }

  /** Tells the form. @protected */
  formChanged() {
    // Else a label would name nothing.
    this.#internals.role = this.form && "group";
    const state = this.formState();
    if (!state) return;
    const { standing, words, anchor } = state;
    if (standing.input !== this.#submitted) {
      this.#submitted = standing.input;
      this.#internals.setFormValue(standing.input && fileOf(standing.input), null);
    }
    const valueMissing = this.required && standing.empty;
    const customError = this.#objection !== "" || !(standing.empty || this.#accepts(standing.headline));
    const message = valueMissing || customError ? this.#objection || words() : "";
    this.#internals.setValidity({ valueMissing, customError }, message, anchor);
  }

  /** @param {string | null} headline */
  #accepts(headline) {
    const demands = this.required || this.hasAttribute("accept-headlines");
    return !demands || (headline !== null && this.acceptHeadlines.split(/\s+/).includes(headline));
  }
}

/**
 * The credential as a file: named as it came, typed by what its first bytes say.
 * @param {NonNullable<Standing["input"]>} input
 */
function fileOf({ data, name, start }) {
  const [, type, ending] = KINDS.find(([first]) => start.startsWith(first)) ?? ["", "application/octet-stream", "bin"];
  const own = name.replace(/[?#].*/s, "").split("/").pop() ?? "";
  return new File([data], own.includes(".") ? own : `credential.${ending}`, { type });
}

/** First letters, in Windows-1252, media type, ending. */
const KINDS = [
  ["‰PNG", "image/png", "png"],
  ["<", "image/svg+xml", "svg"],
  ["{", "application/json", "json"],
  ["ey", "application/jwt", "jwt"],
];
