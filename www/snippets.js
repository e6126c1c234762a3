/**
 * What a page needs to show a credential, as text to copy: one function for each kind of page. Pure. Everything in
 * `Choices` may be anything that somebody types, and none of it may end the place where it is written.
 */

/**
 * @typedef {object} Choices
 * @property {"src" | "upload" | "inline"} source
 * @property {Readonly<Record<string, string | boolean>>} attributes by name; "" and false are left out, and defaults too
 * @property {string} text what stands where scripts do not run
 * @property {string} credential the exact text of the credential, for the source `inline`
 * @property {Readonly<Record<string, string>>} properties custom properties by name, those that are not as by default
 * @property {string} folder address of the folder with the package's files
 * @property {string} hosts that key documents and status lists are fetched from, separated by spaces
 * @property {Readonly<Record<string, string>>} integrity hashes of the package's files, by name
 */

/** What an element does without the attribute. */
export const DEFAULTS = {
  src: "", view: "card", blind: "", theme: "", lang: "", network: "ask", loading: "lazy", "heading-level": "2",
  verifier: "", name: "", required: false, "accept-headlines": "verified", disabled: false,
};

/** The kinds of snippets, in the order in which they are offered. */
export const KINDS = /** @type {const} */ ({ html: inHtml, react: inReact, vue: inVue, wordpress: inWordPress, css: inCss, csp: inPolicy });

/**
 * Plain HTML: a script tag with its hash, and the element.
 * @param {Choices} choices
 */
export function inHtml(choices) {
  const { folder, integrity } = choices;
  const hash = integrity[SCRIPT] ?? "";
  // Without it a hash from another host is not compared but refused.
  const crossing = hash && originOf(folder) ? " crossorigin" : "";
  const script = `<script type="module" src="${markup(fileIn(folder))}"${hash && ` integrity="${markup(hash)}"`}${crossing}></script>`;
  return `${script}\n\n${element(choices)}`;
}

/**
 * A React component. The events of a custom element are heard through a ref, in React 18 as in 19.
 * @param {Choices} choices
 */
export function inReact(choices) {
  const attributes = written(choices).map(([name, value]) => (value === true ? ` ${name}` : ` ${name}=${inJsx(value)}`));
  const given = choices.source === "inline" ? "\n    current.credential = CREDENTIAL;" : "";
  const text = choices.source === "upload" ? "" : `\n      {${quoted(choices.text)}}`;
  return `import { useEffect, useRef } from "react";
import "verify-credential/define";
${constant(choices)}
export function Badge() {
  const element = useRef(null);
  useEffect(() => {
    const { current } = element;${given}
    const onChecked = ({ detail }) => console.log(detail.headline);
    current.addEventListener("credential-checked", onChecked);
    return () => current.removeEventListener("credential-checked", onChecked);
  }, []);
  return (
    <verify-credential ref={element}${attributes.join("")}>${text}
    </verify-credential>
  );
}`;
}

/**
 * A Vue component, and the line that tells its compiler that the element is none of Vue's.
 * @param {Choices} choices
 */
export function inVue(choices) {
  const given = choices.source === "inline" ? ' :credential.prop="CREDENTIAL"' : "";
  const text = choices.source === "upload" ? "" : `\n    <span v-pre>${markup(choices.text)}</span>`;
  return `<!-- vite.config.js: vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "verify-credential" } } }) -->
<script setup>
import "verify-credential/define";
${constant(choices)}
const onChecked = ({ detail }) => console.log(detail.headline);
</script>

<template>
  <verify-credential${attributesOf(choices)}${given} @credential-checked="onChecked">${text}
  </verify-credential>
</template>`;
}

/**
 * A block for WordPress, and the lines for the theme's functions.php that load the script. Square brackets are written as
 * references: WordPress would take them for shortcodes.
 * @param {Choices} choices
 */
export function inWordPress(choices) {
  const block = element(choices, bracketed);
  const file = choices.folder.replaceAll(/[\\']/g, "\\$&");
  const address = originOf(choices.folder) || file.startsWith("/") ? `'${fileIn(file)}'` : `get_theme_file_uri( '${fileIn(file)}' )`;
  return `<!-- wp:html -->
${block}
<!-- /wp:html -->

// functions.php, WordPress 6.5 or newer
add_action( 'wp_enqueue_scripts', function () {
\twp_enqueue_script_module( 'verify-credential', ${address} );
} );`;
}

/**
 * The chosen looks, for the page's own style sheet; "" where there are none.
 * @param {Choices} choices
 */
export function inCss({ properties }) {
  const lines = Object.entries(properties).map(([name, value]) => `  ${name}: ${value.replaceAll(/[;{}<>\\]/g, "")};`);
  return lines.length ? `verify-credential {\n${lines.join("\n")}\n}` : "";
}

/**
 * The Content Security Policy under which all of it works, and no more than that.
 * @param {Choices} choices
 */
export function inPolicy({ source, attributes, folder, hosts }) {
  const scripts = originOf(folder);
  const network = attributes.network || DEFAULTS.network;
  const mayAsk = network !== "off";
  const address = source === "src" ? String(attributes.src ?? "").trim() : "";
  const connect = new Set(["'self'", scripts]);
  if (mayAsk) connect.add(originOf(address));
  if (address.startsWith("blob:")) connect.add("blob:");
  const named = hosts.split(/[\s,;]+/).filter((host) => HOST.test(host));
  if (mayAsk) for (const host of named.length ? named : ["https:"]) connect.add(host.includes(":") ? host : `https://${host}`);
  const list = (/** @type {Iterable<string>} */ sources) => [...sources].filter(Boolean).join(" ");
  return [
    "default-src 'none'", `script-src ${list(["'self'", scripts, "'wasm-unsafe-eval'"])}`, "style-src 'self'",
    "img-src 'self' data:", `connect-src ${list(connect)}`, "require-trusted-types-for 'script'", "trusted-types verify-credential",
  ].join("; ");
}

/**
 * The attributes that are not as by default, in the order in which they are listed.
 * @param {Choices} choices
 * @returns {[string, string | true][]}
 */
export function written({ source, attributes }) {
  return Object.entries(DEFAULTS).flatMap(([name, usual]) => {
    const value = attributes[name] ?? usual;
    const isLeftOut = value === "" || value === false || value === usual || (name === "src" && source !== "src");
    return isLeftOut ? [] : [[name, value]];
  });
}

/** @param {Choices} choices @param {(text: string) => string} [escape] */
function element(choices, escape = markup) {
  const open = `<verify-credential${attributesOf(choices, escape)}>`;
  const { source, text, credential } = choices;
  if (source === "upload") return `${open}</verify-credential>`;
  const isToken = !/^\s*[{["]/.test(credential);
  // Within a string of JSON it means the same; outside of one it does not occur.
  const inline = credential.trim().replaceAll("<", "\\u003c");
  const script = `  <script type="application/vc+${isToken ? "jwt" : "json"}">${inline}</script>\n`;
  const address = String(choices.attributes.src ?? "");
  const isLink = source === "src" && isWeb(address);
  const said = isLink ? `<a href="${escape(address)}">${escape(text)}</a>` : escape(text);
  return `${open}\n${source === "inline" ? script : ""}  ${said}\n</verify-credential>`;
}

/** @param {Choices} choices @param {(text: string) => string} [escape] */
function attributesOf(choices, escape = markup) {
  return written(choices).map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escape(value)}"`)).join("");
}

/** The credential as a constant of a script. @param {Choices} choices */
function constant({ source, credential }) {
  return source === "inline" ? `\nconst CREDENTIAL = ${quoted(credential.trim())};\n` : "";
}

/**
 * Text as a string of JavaScript that ends no script element around it.
 * @param {string} text
 */
function quoted(text) {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}

/** @param {string} value */
function inJsx(value) {
  // In quotes JSX reads references, as HTML does, and knows no escapes.
  return /^[\w ./:#?=,-]*$/.test(value) ? `"${value}"` : `{${quoted(value)}}`;
}

/** @param {string} text */
function markup(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** @param {string} text */
function bracketed(text) {
  return markup(text).replaceAll("[", "&#91;").replaceAll("]", "&#93;");
}

/** @param {string} folder */
function fileIn(folder) {
  return `${folder.replace(/\/*$/, "/")}${SCRIPT}`;
}

/** The origin of an address on another host; "" for one of the page's own. @param {string} address */
function originOf(address) {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return "";
  return new URL(address).origin;
}

/** Whether a link may lead there. @param {string} address */
function isWeb(address) {
  return !/^[^/?#]*:/.test(address) || /^https?:/i.test(address);
}

const SCRIPT = "verify-credential.js";
/** One host of a policy: with a scheme or not, and with a star for what stands before it. */
const HOST = /^(?:https:\/\/)?(?:\*\.)?(?:[\w-]+\.)+[a-z][\w-]*(?::\d+)?$/i;
