/** The page that lists what the verifier knows, as the verifier itself says it. Asks no host but its own. */

import { about } from "../pkg/index.js";
import { byId, make } from "./page.js";

const COMMON = "common";
const REASONS = "reasons";

/** @typedef {Awaited<ReturnType<typeof about>>} About */

try {
  show(await about());
} catch (error) {
  byId("unready").textContent = `The list could not be loaded (${error}).`;
}

/** @param {About} known */
function show({ version, sections, reasons }) {
  byId("unready").remove();
  byId("version").textContent = `Version ${version}.`;
  const links = [...sections, { id: REASONS, title: "Reasons" }].map(({ id, title }) => {
    const link = make("a", "", title);
    link.href = `#${id}`;
    return link;
  });
  byId("kinds").append(...links);
  byId("sections").append(...sections.map(sectionOf), ofReasons(reasons));
  // Who followed a link to one of them came before it was there.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** @param {About["sections"][number]} section */
function sectionOf({ id, title, entries }) {
  const { section, list } = frame(id, title, entries.length);
  list.append(...entries.map((entry) => {
    const name = make("dt", "");
    name.append(entry.title === entry.id ? make("code", "", entry.id) : entry.title);
    if (entry.legacy) name.append(" ", make("span", "tag", "older"));
    if (entry.part !== COMMON) name.append(" ", make("span", "tag", "loaded later"));
    const meaning = make("dd", "", entry.meaning);
    const source = make("dd", "source");
    const link = make("a", "", "Specification");
    link.href = entry.spec;
    link.rel = "noreferrer";
    link.setAttribute("aria-label", `Specification of ${entry.title}`);
    source.append(link);
    if (entry.title !== entry.id) source.append(" ", make("code", "", entry.id));
    return group(name, meaning, source);
  }));
  return section;
}

/** @param {About["reasons"]} reasons */
function ofReasons(reasons) {
  const { section, list } = frame(REASONS, "Reasons a check can give", reasons.length);
  list.classList.add("reasons");
  list.append(...reasons.map(({ id, sentence, remedy }) => {
    const name = make("dt", "");
    name.append(make("code", "", id));
    return group(name, make("dd", "", sentence), ...(remedy ? [make("dd", "source", remedy)] : []));
  }));
  return section;
}

/**
 * @param {string} id
 * @param {string} title
 * @param {number} count
 */
function frame(id, title, count) {
  const section = make("section", "");
  section.id = id;
  section.setAttribute("aria-labelledby", `${id}-title`);
  const heading = make("h2", "", `${title} (${count})`);
  heading.id = `${id}-title`;
  const list = make("dl", "known");
  section.append(heading, list);
  return { section, list };
}

/** @param {...HTMLElement} parts */
function group(...parts) {
  const element = make("div", "");
  element.append(...parts);
  return element;
}
