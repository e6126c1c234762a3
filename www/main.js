/**
 * The front page: credentials in links, the gallery, and a form. It uses the package as a stranger would, and fetches from
 * its own host alone.
 */

import "../pkg/verify-credential.js";
import { ROWS } from "./gallery.js";
import { byId, make } from "./page.js";
import { VECTORS, VERIFIER, fill } from "./vectors.js";

const OPEN = "Open the card";
const CLOSE = "Close the card";
/** @type {Readonly<Record<string, string>>} */
const EXAMPLES = {
  good: "own/results-by-points.json",
  expired: "08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-expired.json",
};

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
  element.setAttribute("verifier", VERIFIER);
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
