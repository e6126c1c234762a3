/** The page that shows every state of the element beside every other. */

import "../pkg/verify-credential.js";
import { CASES, put } from "./cases.js";
import { byId, make } from "./page.js";
import { VERIFIER } from "./vectors.js";

const LOOKS = ["view", "theme", "lang"];

byId("states").append(...CASES.map(shown));
byId("looks").addEventListener("input", look);
// What a browser kept of the form counts as chosen.
look();

/** @param {import("./cases.js").Case} state */
function shown(state) {
  const figure = make("article", "state");
  const title = make("h2", "", state.title);
  title.id = state.id;
  figure.setAttribute("aria-labelledby", title.id);
  const element = document.createElement("verify-credential");
  element.setAttribute("heading-level", "3");
  element.setAttribute("verifier", VERIFIER);
  element.dataset.headline = state.headline ?? "";
  void put(element, state);
  figure.append(title, element);
  return figure;
}

function look() {
  const value = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id)).value;
  byId("states").style.setProperty("--width", `${value("width")}px`);
  byId("width-said").textContent = `${value("width")} px`;
  for (const element of document.querySelectorAll("verify-credential")) {
    for (const name of LOOKS) {
      if (value(name)) element.setAttribute(name, value(name));
      else element.removeAttribute(name);
    }
  }
}
