/**
 * The element as HTML text, for servers: a card before any script runs, which the element takes over. The same text as
 * `src/render/served.rs` writes, in every language there is.
 */

import { inputOf, run } from "./api.js";
import { base64 } from "./elsewhere.js";
import { ENGLISH, loadLanguage } from "./lang/index.js";
import { StartFailure } from "./start-failure.js";

/**
 * @typedef {import("./types.js").CredentialInput} CredentialInput
 * @typedef {import("./types.js").HtmlOptions} HtmlOptions
 * @typedef {import("./types.js").Policy} Policy
 * @typedef {import("./types.js").Resources} Resources
 */

/**
 * `<verify-credential>` with the card of a credential in a declarative shadow root: what a page shows before its scripts
 * run, and without them. It is your word until the element, in the reader's browser, has verified by itself; then it
 * shows its own verdict, in the same nodes.
 *
 * The credential travels along, as a block of data or, an image, as `data:` address in `src`, unless `attributes` have
 * a `src`. A review without bias never carries it, because it holds what is hidden.
 * @param {CredentialInput} credential as `verify` takes it
 * @param {Policy | null} [policy]
 * @param {Resources | string | Uint8Array | null} [resources]
 * @param {HtmlOptions} [options] `network` and `resolver` are about this call; what the element may do is in `attributes`
 * @returns {Promise<string>} rejects as `verify` does, and with a `StartFailure` where a file of the package is missing
 */
export async function html(credential, policy, resources, options = {}) {
  const { view = "card", blind = "none", heading, lang = ENGLISH, stylesheet = SHEET, attributes = {}, content = "",
    whole = true, ...rest } = options;
  const own = [["view", view, "card"], ["blind", blind, "none"], ["heading-level", String(heading ?? ""), ""], ["lang", lang, null]];
  if (!VIEWS.has(view) || !BLINDS.has(blind)) throw new TypeError(`view or blind: ${view}, ${blind}`);
  if (heading !== undefined && !LEVELS.has(heading)) throw new TypeError("heading must be 1 to 6");
  for (const name of Object.keys(attributes)) {
    if (!NAME.test(name) || own.some(([known]) => known === name)) throw new TypeError(`attributes: ${name}`);
  }
  const input = await inputOf(credential, policy, resources, rest);
  const language = await loadLanguage(lang);
  const look = { view, network: attributes.network, blind: blind === "none" ? undefined : blind, heading: String(heading ?? ""), lang };
  const card = await run(input, rest, { finish: async (_, client) => {
    if (!(await client.loadLook())) throw new StartFailure("missing", "look_bg.wasm");
    return client.html(JSON.stringify(look), language);
  } });
  if (!whole) return card;
  const source = blind === "none" && attributes.src === undefined ? sourceOf(input.bytes) : {};
  const pairs = [
    ...own.filter(([, value, usual]) => value !== usual),
    ...Object.entries(attributes),
    ...(source.address ? [["src", source.address]] : []),
  ];
  const root = `tabindex="-1" part="root" lang="${escaped(language.tag)}" dir="${language.direction}"`;
  return `<verify-credential${pairs.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join("")}>` +
    `<template shadowrootmode="open" shadowrootdelegatesfocus=""><link rel="stylesheet" href="${escaped(stylesheet)}">` +
    `<div ${root}>${card}</div><slot name="after"></slot></template>${source.script ?? ""}${content}</verify-credential>`;
}

/**
 * How a credential travels with its card.
 * @param {Uint8Array} bytes
 * @returns {{script?: string, address?: string}}
 */
function sourceOf(bytes) {
  let text = "<";
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // No text, and so no JSON and no token.
  }
  const start = text.replace(/^\ufeff*[\t\n\f\r ]*/, "");
  if (start.startsWith("<")) return { address: `data:;base64,${base64(bytes)}` };
  const kind = start.startsWith("{") ? "json" : "jwt";
  // In JSON this letter stands in strings only, where it can be written so; and tokens do not have it.
  return { script: `<script type="application/vc+${kind}">${text.replaceAll("<", "\\u003c")}</script>` };
}

/** Text for an attribute. @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"'\u00a0\r]/g, (letter) => ESCAPES[letter] ?? letter);
}

/** @type {Readonly<Record<string, string>>} */
const ESCAPES = {
  "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\u00a0": "&nbsp;", "\r": "&#13;",
};

/** Of an attribute that neither runs nor styles anything. */
const NAME = /^(?!on|style$)[a-z][a-z0-9-]*$/;

/** Where the documentation puts the files of the package. */
const SHEET = "/verify-credential/verify-credential.css";

const VIEWS = new Set(["card", "badge", "full"]);
const BLINDS = new Set(["none", "holder", "issuer"]);
const LEVELS = new Set([1, 2, 3, 4, 5, 6]);
