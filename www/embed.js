/** The configurator: choices on one side, the element and what to copy on the other. Asks no host but its own. */

import "../pkg/verify-credential.js";
import { CASES, put } from "./cases.js";
import { ENOUGH, contrast } from "./contrast.js";
import { byId, make } from "./page.js";
import { DEFAULTS, KINDS } from "./snippets.js";
import { VERIFIER } from "./vectors.js";

/** The custom properties, as `card.css` has them with `--_` in front. */
const COLOURS = { ground: "Background", soft: "Parts that stand back", ink: "Text", muted: "Text that says less", line: "Borders",
  link: "Links and buttons", bar: "Ladders of levels" };
/** What must be read on what. */
const PAIRS = [["ink", "ground"], ["muted", "ground"], ["link", "ground"], ["ink", "soft"], ["muted", "soft"], ["link", "soft"]];
const TITLES = { html: "HTML", react: "React", vue: "Vue", wordpress: "WordPress", css: "Your style sheet", csp: "Content Security Policy" };

/** @type {Map<string, string>} Colours that were chosen, by name. */
const chosen = new Map();
/** @type {Record<string, string>} */
let integrity = {};
/** @type {HTMLElement} */
let element = document.createElement("verify-credential");
/** What the preview shows at the moment. */
let previewed = "";

build();
const form = /** @type {HTMLFormElement} */ (byId("choices"));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.type === "color") chosen.set(target.name, target.value);
  update();
});
form.addEventListener("reset", () => {
  chosen.clear();
  queueMicrotask(update);
});
byId("width").addEventListener("input", update);
byId("stage").append(element);
update();
void loadHashes();

/** Makes what is made of tables. */
function build() {
  byId("example").append(...CASES.filter(({ example }) => example).map(({ id, title }) => {
    const option = make("option", "", title);
    option.value = id;
    return option;
  }));
  const inputs = Object.entries(COLOURS).map(([name, title]) => {
    const input = make("input", "");
    Object.assign(input, { type: "color", name, id: `colour-${name}` });
    const label = make("label", "", `${title} `);
    label.append(input);
    return label;
  });
  const [font, radius] = [["font", "Font", "system-ui"], ["radius", "Radius of corners", "12px"]].map(([name, title, hint]) => {
    const input = make("input", "");
    Object.assign(input, { id: `colour-${name}`, placeholder: hint, autocomplete: "off", spellcheck: false });
    const label = make("label", "", `${title} `);
    label.append(input);
    return label;
  });
  byId("both").before(...inputs, /** @type {HTMLElement} */ (font), /** @type {HTMLElement} */ (radius));
  byId("snippets").append(...Object.entries(TITLES).map(([kind, title]) => snippet(kind, title)));
}

/** @param {string} kind @param {string} title */
function snippet(kind, title) {
  const section = make("div", "snippet");
  section.id = `kind-${kind}`;
  const heading = make("h3", "", title);
  heading.id = `title-${kind}`;
  const copy = make("button", "", "Copy");
  copy.type = "button";
  copy.setAttribute("aria-describedby", heading.id);
  const code = make("code", "");
  code.id = `code-${kind}`;
  copy.addEventListener("click", async () => {
    const done = await navigator.clipboard.writeText(code.textContent ?? "").then(() => true, () => false);
    byId("copied").textContent = done ? `Copied: ${title}.` : "The browser did not allow it: mark the text and copy it.";
  });
  const box = make("pre", "");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-labelledby", heading.id);
  box.append(code);
  const head = make("div", "snippet-head");
  head.append(heading, copy);
  section.append(head, box);
  return section;
}

/** Brings the preview, the hints and the snippets up to date. */
function update() {
  const choices = choicesNow();
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-for]"))) {
    field.hidden = !field.dataset.for?.split(" ").includes(choices.source);
  }
  preview(choices);
  hint();
  for (const [kind, write] of Object.entries(KINDS)) {
    const text = write(choices);
    byId(`kind-${kind}`).hidden = text === "";
    const code = byId(`code-${kind}`);
    if (code.textContent !== text) code.textContent = text;
  }
}

/** @returns {import("./snippets.js").Choices} */
function choicesNow() {
  const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));
  const source = /** @type {import("./snippets.js").Choices["source"]} */ (new FormData(form).get("source") ?? "src");
  const attributes = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, isSwitch(name) ? field(name).checked : field(name).value.trim()]));
  const properties = Object.fromEntries([...chosen].map(([name, value]) => [`--badge-${name}`, value]));
  for (const name of ["font", "radius"]) {
    const value = field(`colour-${name}`).value.trim();
    if (value) properties[`--badge-${name}`] = value;
  }
  const [text, credential, folder, hosts] = ["text", "credential", "folder", "hosts"].map((id) => field(id).value);
  return { source, attributes, properties, text, credential, folder, hosts, integrity };
}

/** @param {string} name */
function isSwitch(name) {
  return name === "required" || name === "disabled";
}

/**
 * The element itself, with another credential in place of the one at the address: this page asks no other host.
 * @param {import("./snippets.js").Choices} choices
 */
function preview({ source, attributes, properties, credential }) {
  const width = /** @type {HTMLInputElement} */ (byId("width")).value;
  byId("stage").style.setProperty("--width", `${width}px`);
  byId("width-said").textContent = `${width} px`;
  const example = /** @type {HTMLSelectElement} */ (byId("example")).value;
  const state = CASES.find(({ id }) => id === example);
  const wanted = source === "upload" ? "" : source === "inline" && credential.trim() ? credential : `example ${example}`;
  if (wanted !== previewed) {
    previewed = wanted;
    // A new one: what belongs to the credential before is not to be shown with this one.
    const next = document.createElement("verify-credential");
    element.replaceWith(next);
    element = next;
    if (wanted === credential && wanted) Object.assign(element, { credential });
    else if (wanted && state?.example) void put(element, { ...state, attributes: {} });
  }
  const given = { ...attributes, src: "", network: "off", verifier: attributes.verifier === "none" ? "none" : VERIFIER };
  for (const [name, value] of Object.entries(given)) {
    if (value === "" || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const name of [...Object.keys(COLOURS), "font", "radius"]) {
    const property = `--badge-${name}`;
    element.style.setProperty(property, properties[property] ?? "");
  }
}

/** Says which colours cannot be read, and shows in the fields what counts where nothing was chosen. */
function hint() {
  const colours = Object.fromEntries(Object.keys(COLOURS).map((name) => [name, chosen.get(name) ?? usual(name)]));
  for (const [name, value] of Object.entries(colours)) /** @type {HTMLInputElement} */ (byId(`colour-${name}`)).value = value;
  const low = PAIRS.flatMap(([text, ground]) => {
    const ratio = contrast(colours[text] ?? "", colours[ground] ?? "");
    const said = `${name(text)} on ${name(ground)}: contrast ${ratio.toFixed(1)}, and text needs ${ENOUGH}.`;
    return ratio < ENOUGH ? [make("li", "low", said)] : [];
  });
  const theme = /** @type {HTMLSelectElement} */ (byId("theme")).value;
  byId("both").hidden = chosen.size === 0 || theme !== "";
  byId("contrast").replaceChildren(...(low.length ? low : [make("li", "", "All text can be read: its contrast is 4.5 or more.")]));
}

/** @param {string | undefined} colour */
function name(colour) {
  return COLOURS[/** @type {keyof typeof COLOURS} */ (colour)];
}

/**
 * The colour by default, in the scheme that counts, as the element's own sheet says.
 * @param {string} colour
 */
function usual(colour) {
  const style = getComputedStyle(element);
  const both = style.getPropertyValue(`--_${colour}`).match(/#[0-9a-f]{6}\b/gi) ?? [];
  const { value: theme } = /** @type {HTMLSelectElement} */ (byId("theme"));
  const isDark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  return both.at(isDark ? -1 : 0) ?? (isDark ? "#000000" : "#ffffff");
}

/** The hashes of the files that this site itself uses. */
async function loadHashes() {
  const response = await fetch("../pkg/integrity.json").catch(() => null);
  if (response?.ok) integrity = await response.json();
  update();
  // The element's sheet, which has the colours, comes with its first card.
  element.addEventListener("credential-checked", hint, { once: true });
}
