/**
 * The shadow root: one persistent element the core draws into, and what people do inside it. Knows nothing about
 * credentials.
 */

import { transferData } from "./source.js";

/**
 * @typedef {object} Listener
 * @property {(action: string) => void} onAction a press on something with `data-action`
 * @property {() => void} onOpen something was opened
 * @property {(data: import("./source.js").Data) => void} onInput a file or text was chosen, dropped or pasted
 */

export class Surface {
  /** Whether files and text may be dropped and pasted anywhere on it. */
  acceptsInput = false;

  /** Whether what takes input is there, and does not take it. */
  disabled = false;

  /** @type {ShadowRoot} */
  #shadow;
  /** @type {HTMLElement} */
  #root;
  /** @type {Listener} */
  #listener;

  /**
   * @param {HTMLElement} host
   * @param {Listener} listener
   */
  constructor(host, listener) {
    this.#listener = listener;
    // A server's, which attaching another one would empty.
    const served = host.shadowRoot;
    const card = served?.querySelector("div");
    // A form sends the focus to the element whose credential it does not accept.
    this.#shadow = served ?? host.attachShadow({ mode: "open", delegatesFocus: true });
    this.#root = card ?? document.createElement("div");
    if (card) card.ariaBusy = "true";
    else {
      this.#shadow.adoptedStyleSheets = [placeholder()];
      // The light DOM is the fallback until there is something better.
      this.#put(slot("loading", slot("")));
    }
    // Focusable by script and by mouse only: a place for the focus to stay, and for a paste to arrive.
    this.#root.tabIndex = -1;
    this.#root.setAttribute("part", "root");
    this.#listen();
  }

  /** Whether a server's card is shown, which says nothing about what was checked here. */
  get isServed() {
    return this.#root.ariaBusy === "true";
  }

  /** Whether something is shown that only a card without more to come takes the place of. */
  get isHeld() {
    const waiting = /** @type {HTMLSlotElement | null} */ (this.#shadow.querySelector("[name=loading]"));
    return this.isServed || Boolean(waiting?.assignedNodes()[0]);
  }

  /**
   * Redraws. Focus and opened details, known by their class, stay where they were.
   * @param {{tag: string, direction: string}} language
   * @param {CSSStyleSheet} sheet
   * @param {(root: HTMLElement) => void} paint
   */
  draw(language, sheet, paint) {
    if (this.#shadow.adoptedStyleSheets[0] !== sheet) this.#shadow.adoptedStyleSheets = [sheet];
    if (this.isServed) {
      // What else a server put there goes, its sheet first of all.
      for (const other of [...this.#shadow.childNodes]) if (other !== this.#root) other.remove();
      this.#shadow.append(slot("after"));
      this.#root.ariaBusy = null;
    }
    if (this.#root.lang !== language.tag) this.#root.lang = language.tag;
    if (this.#root.dir !== language.direction) this.#root.dir = language.direction;
    if (this.#root.parentNode !== this.#shadow) this.#put(this.#root);
    const focused = this.#focused();
    const open = new Set([...this.#root.querySelectorAll("details[open]")].map((details) => details.className));
    paint(this.#root);
    for (const control of this.#root.querySelectorAll(INPUTS)) control.toggleAttribute("disabled", this.disabled);
    for (const details of this.#root.querySelectorAll("details")) if (open.has(details.className)) details.open = true;
    if (focused) this.#refocus(focused);
  }

  /**
   * Shows the light DOM again, and says that nothing was checked: the core, which has all other texts, is missing.
   * @param {import("./start-failure.js").StartFailure | null} failure why, and what helps; null where that is not known
   */
  showFallback(failure) {
    const note = document.createElement("p");
    note.lang = "en";
    note.setAttribute("role", "status");
    note.setAttribute("part", "fallback");
    note.dataset.because = failure?.because ?? "unknown";
    note.textContent = `${NOT_STARTED} ${failure?.message ?? ""}`.trim();
    this.#put(slot(""), note);
  }

  /** Shows these, and below them what the page has to say. @param {...Node} nodes */
  #put(...nodes) {
    this.#shadow.replaceChildren(...nodes, slot("after"));
  }

  /** What is drawn; undefined before anything is. */
  get anchor() {
    return this.#root.parentNode ? this.#root : undefined;
  }

  /**
   * Whether something that can be seen waits for the part of the package that draws it.
   * @param {boolean} all whether what is closed counts as well
   */
  isWaiting(all) {
    return this.#root.querySelector(all ? WAITING : `${WAITING}:not(details:not([open]))`) !== null;
  }

  /** The classes of what is open, a line each. */
  get open() {
    return [...this.#root.querySelectorAll("details[open]")].map((details) => details.className).join("\n");
  }

  /** Opens the file dialog. */
  chooseFile() {
    this.#fileInput()?.click();
  }

  /** What stands in the text field. */
  get pastedText() {
    const area = this.#root.querySelector('textarea[data-role="paste"]');
    return area instanceof HTMLTextAreaElement ? area.value : "";
  }

  #listen() {
    const shadow = this.#shadow;
    shadow.addEventListener("click", (event) => {
      const action = hook(event)?.closest("[data-action]")?.getAttribute("data-action");
      if (action) this.#listener.onAction(action);
    });
    // It does not bubble.
    shadow.addEventListener("toggle", (event) => {
      if (hook(event)?.hasAttribute("open")) this.#listener.onOpen();
    }, { capture: true });
    shadow.addEventListener("change", (event) => {
      const input = this.#fileInput();
      const file = event.target === input ? input?.files?.[0] : null;
      if (file) this.#listener.onInput(file);
      // The same file can be chosen again.
      if (file && input) input.value = "";
    });
    shadow.addEventListener("dragover", (event) => this.#drag(event, true));
    shadow.addEventListener("dragleave", (event) => {
      const { relatedTarget } = /** @type {DragEvent} */ (event);
      if (!(relatedTarget instanceof Node && this.#root.contains(relatedTarget))) this.#drag(event, false);
    });
    shadow.addEventListener("drop", (event) => {
      this.#drag(event, false);
      this.#take(event, /** @type {DragEvent} */ (event).dataTransfer);
    });
    shadow.addEventListener("paste", (event) => {
      const transfer = /** @type {ClipboardEvent} */ (event).clipboardData;
      // Text goes into the text field as usual; a file cannot.
      if (hook(event)?.localName === "textarea" && !transfer?.files.length) return;
      this.#take(event, transfer);
    });
  }

  /**
   * @param {Event} event
   * @param {boolean} over
   */
  #drag(event, over) {
    if (!this.acceptsInput) return;
    event.preventDefault();
    this.#root.querySelector('[data-role="zone"]')?.toggleAttribute("data-over", over);
  }

  /**
   * @param {Event} event
   * @param {DataTransfer | null} transfer
   */
  #take(event, transfer) {
    if (!this.acceptsInput) return;
    event.preventDefault();
    const data = transferData(transfer);
    if (data) this.#listener.onInput(data);
  }

  #fileInput() {
    const input = this.#root.querySelector('input[data-role="file"]');
    return input instanceof HTMLInputElement ? input : null;
  }

  /** What has the focus, in words that still fit after a redraw. */
  #focused() {
    const active = this.#shadow.activeElement;
    if (!active || !this.#root.contains(active)) return null;
    const selector = selectorOf(active);
    return { selector, index: [...this.#root.querySelectorAll(selector)].indexOf(active) };
  }

  /** @param {{selector: string, index: number}} focused */
  #refocus({ selector, index }) {
    const again = this.#root.querySelectorAll(selector)[index];
    (again instanceof HTMLElement ? again : this.#root).focus({ preventScroll: true });
  }
}

/**
 * @param {string} name
 * @param {...Node} fallback
 */
function slot(name, ...fallback) {
  const made = document.createElement("slot");
  made.name = name;
  made.append(...fallback);
  return made;
}

/** @param {Event} event */
function hook(event) {
  return event.target instanceof Element ? event.target : null;
}

/**
 * @param {Element} element
 * @returns {string}
 */
function selectorOf(element) {
  for (const name of ["id", "data-action", "data-role"]) {
    const value = element.getAttribute(name);
    if (value) return `[${name}="${CSS.escape(value)}"]`;
  }
  return element.localName;
}

/**
 * The room an element takes before anything is drawn, so that those far down a page are far from the viewport: the
 * sheet of the drawings comes with the core, which they may not need yet.
 */
function placeholder() {
  if (!room) {
    room = new CSSStyleSheet();
    room.replaceSync(":host{display:block;min-block-size:12rem}:host([view=badge]){min-block-size:5rem}");
  }
  return room;
}

/** @type {CSSStyleSheet | undefined} */
let room;

/** What is drawn without what is behind it. */
const WAITING = '[data-part="look"]';

/** What takes a credential, or puts it away. */
const INPUTS = "input,textarea,[data-action=choose],[data-action=paste],[data-action=clear]";

export const NOT_STARTED = "This credential was not checked: the verifier could not start.";
