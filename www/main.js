/**
 * The page: credentials in links, and the gallery. It uses the package as a stranger would, and fetches from its own
 * host alone.
 */

import "../pkg/verify-credential.js";
import { NOW, ROWS } from "./gallery.js";

const VECTORS = "../tests/vectors/";
const OFFLINE_MAP = "13-dids-registries/offline-map.json";
const OPEN = "Open the card";
const CLOSE = "Close the card";
/** @type {Readonly<Record<string, string>>} */
const EXAMPLES = {
  good: "own/results-by-points.json",
  expired: "08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-expired.json",
};

/** @type {Map<string, Promise<Uint8Array>>} */
const loaded = new Map();

openLink();
addEventListener("hashchange", openLink);
byId("another").addEventListener("click", () => {
  history.replaceState(null, "", location.pathname + location.search);
  openLink();
});

// A file dropped beside the drop zone would replace the page.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => event.preventDefault());
}

byId("grid").append(...ROWS.map(card));

const application = /** @type {HTMLFormElement} */ (byId("application"));
application.addEventListener("submit", showApplication);
application.addEventListener("reset", () => {
  Object.assign(byId("badge"), { resources: null, now: null });
  byId("sent").replaceChildren();
});
application.addEventListener("click", ({ target }) => {
  const example = target instanceof HTMLElement && EXAMPLES[target.dataset.example ?? ""];
  const row = ROWS.find(({ file }) => file === example);
  if (row) void fill(byId("badge"), row);
});

/** A `#vc=` link carries a whole credential, which the browser sends to nobody. */
function openLink() {
  const linked = location.hash.startsWith("#vc=");
  /** @type {any} */ (byId("try")).credential = linked ? location.hash : null;
  byId("linked").hidden = !linked;
}

/**
 * Shows what a server would get.
 * @param {SubmitEvent} event
 */
function showApplication(event) {
  event.preventDefault();
  const list = make("ul", "");
  for (const [name, value] of new FormData(application)) {
    const said = typeof value === "string" ? value : `${value.name}, ${value.type}, ${value.size} bytes`;
    list.append(make("li", "", `${name}: ${said}`));
  }
  byId("sent").replaceChildren(make("p", "", "A server would get:"), list);
}

/**
 * One gallery entry: the badge view, what to expect of it, and a button that opens the whole card.
 * @param {import("./gallery.js").Row} row
 * @returns {HTMLElement}
 */
function card(row) {
  const article = make("article", "entry");
  const title = make("h3", "", row.title);
  title.id = `title-${ROWS.indexOf(row)}`;
  article.setAttribute("aria-labelledby", title.id);

  const element = document.createElement("verify-credential");
  element.setAttribute("view", "badge");
  element.setAttribute("network", "off");
  element.dataset.headline = row.headline;
  void fill(element, row);

  const toggle = make("button", "toggle", OPEN);
  toggle.type = "button";
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-describedby", title.id);
  toggle.addEventListener("click", () => {
    const open = article.classList.toggle("open");
    element.setAttribute("view", open ? "card" : "badge");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? CLOSE : OPEN;
  });

  const file = make("a", "", "The file");
  file.href = VECTORS + row.file;
  file.download = "";
  const foot = make("p", "foot");
  foot.append(toggle, file);

  article.append(title, make("p", "see", row.see), element, foot, make("p", "origin", row.origin));
  return article;
}

/**
 * Gives an element its credential with all that belongs to it, in one task.
 * @param {any} element a `<verify-credential>`
 * @param {import("./gallery.js").Row} row
 */
async function fill(element, row) {
  try {
    const [credential, resources] = await Promise.all([bytesOf(row.file), resourcesOf(row)]);
    Object.assign(element, { credential, resources, now: row.now ?? NOW });
  } catch (error) {
    element.replaceWith(make("p", "unready", `This file could not be loaded (${error}).`));
  }
}

/**
 * The part of the offline map that a row names, with each document's own text.
 * @param {import("./gallery.js").Row} row
 */
async function resourcesOf({ resources = [], map: file = OFFLINE_MAP }) {
  if (resources.length === 0) return null;
  const map = JSON.parse(await textOf(file));
  const folder = file === OFFLINE_MAP ? "" : file.slice(0, file.lastIndexOf("/") + 1);
  /** @type {Record<string, Record<string, string>>} */
  const found = { dids: {}, statusLists: {} };
  for (const [kind, documents] of Object.entries(found)) {
    for (const name of resources) {
      if (Object.hasOwn(map[kind], name)) documents[name] = await textOf(folder + map[kind][name]);
    }
  }
  return found;
}

/** @param {string} file below tests/vectors/ */
async function textOf(file) {
  return new TextDecoder().decode(await bytesOf(file));
}

/**
 * @param {string} file below tests/vectors/
 * @returns {Promise<Uint8Array>}
 */
function bytesOf(file) {
  const known = loaded.get(file) ?? load(VECTORS + file);
  loaded.set(file, known);
  return known;
}

/** @param {string} address */
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Name]}
 */
function make(name, className, text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
