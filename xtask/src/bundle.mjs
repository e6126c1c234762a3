// Bundles src/js and the glue of wasm-bindgen into the scripts of the package. Started by package.rs, with one argument
// in JSON: {sources, manifest, tools, inlined, out, joining: {more, …}, glue: {core, curves, …}, integrity: {core, more, …}}.
//
// Four scripts come out, from the same modules:
//   index.js                      everything, registers nothing: for bundlers, Node, workers
//   define.js                     registers the element; imports index.js
//   verify-credential.js          the element, registered, in one file: for a page's script tag, one request less
//   verify-credential.inline.js   the same with the wasm inside, as a classic script: it asks for no other file
//
// and a file for each language, in lang/, which the first three load when an element speaks it. Modules that are
// imported on demand cannot be pinned, and a language says what a verdict is: so these are JSON, fetched with their hash.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const task = JSON.parse(process.argv[1]);
const { build } = createRequire(join(task.tools, "package.json"))("esbuild");
const { browserslist } = JSON.parse(readFileSync(task.manifest, "utf8"));
// "chrome >= 111" is written chrome111 here. Newer syntax is rewritten, and what cannot be is an error.
const targets = browserslist.map((browser) => browser.replaceAll(/[ >=]/g, ""));

/** Everything that is not what it is in the source tree. @param {{inline?: boolean, split?: boolean}} kind */
const published = ({ inline = false, split = false }) => ({
  name: "published",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry$/ }, () => ({ path: "entry", namespace: "made" }));
    onLoad({ filter: /^entry$/, namespace: "made" }, () => ({
      resolveDir: task.sources,
      contents: split ? 'export * from "./index.js";' : `import "./define.js"; ${inline ? "" : 'export * from "./element.js";'}`,
    }));
    // The glue lies elsewhere, as wasm-bindgen wrote it.
    onResolve({ filter: /^\.\/(lent-)?glue\.js$/ }, ({ path }) => ({ path, namespace: "glue" }));
    onLoad({ filter: /./, namespace: "glue" }, ({ path }) => {
      return { contents: path.includes("lent") ? lentGlue() : factory(readFileSync(task.glue.core, "utf8")) };
    });
    onLoad({ filter: /[\\/]parts\.js$/ }, ({ path }) => ({ contents: pinned(readFileSync(path, "utf8")) }));
    if (!inline) {
      onLoad({ filter: /[\\/]lang[\\/]index\.js$/ }, ({ path }) => ({ contents: apart(readFileSync(path, "utf8")) }));
    }
    if (inline) {
      onResolve({ filter: /^\.\/parts\.js$/ }, () => ({ path: join(task.sources, "parts.inline.js") }));
      onResolve({ filter: /^\.\/inlined\.js$/ }, () => ({ path: task.inlined }));
    }
  },
});

/**
 * wasm-bindgen's module for the web, as a function that makes an instance: the generated one keeps its instance in a
 * variable of the module, and so can have only one in its life. Its own loader goes: parts.js loads.
 * @param {string} text
 */
function factory(text) {
  const names = [...text.matchAll(/^export (?:class|function) (\w+)/gm)].map(([, name]) => name);
  const loader = text.indexOf("async function __wbg_load(");
  if (loader < 0 || names.length === 0) throw new Error("the glue is not what wasm-bindgen used to write");
  return `export async function instantiate(module) {
${text.slice(0, loader).replace(/^\/\*.*\*\/\n/, "").replaceAll(/^export (?=class|function)/gm, "")}
__wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
return { ${names.join(", ")}, raw: wasm };
}`;
}

/** All modules that are lent export the same function, so one binding does for all of them. */
function lentGlue() {
  const { core, ...lent } = task.glue;
  const [glue, ...others] = new Set(Object.values(lent).map((file) => factory(readFileSync(file, "utf8"))));
  if (others.length > 0) throw new Error("modules that are lent must be bound alike");
  return glue;
}

/** The published parts.js, with the hashes. @param {string} text */
function pinned(text) {
  const names = Object.keys(task.integrity).map((name) => (/^\w+$/.test(name) ? `${name}: ""` : `"${name}": ""`));
  const unpinned = `INTEGRITY = { ${names.join(", ")} };`;
  const joining = Object.entries(task.joining).map(([name, required]) => `${name}: "${required}"`);
  for (const line of [unpinned, `JOINING = { ${joining.join(", ")} };`]) {
    if (text.split(line).length !== 2) throw new Error(`src/js/parts.js must say \`${line}\` once`);
  }
  return text.replace(unpinned, `INTEGRITY = ${JSON.stringify(task.integrity)};`);
}

const common = {
  bundle: true, minify: true, format: "esm", charset: "utf8", target: targets, legalComments: "none", logLevel: "warning",
  banner: { js: "/*! verify-credential, MIT OR Apache-2.0 */" }, absWorkingDir: task.sources,
};
const script = (kind, outfile, options = {}) => build({
  ...common, entryPoints: ["entry"], plugins: [published(kind)], outfile: join(task.out, outfile), ...options,
});

/** Writes the languages, and gives the hash of each. @returns {Promise<Map<string, string>>} */
async function languages() {
  const folder = join(task.sources, "lang");
  const names = readdirSync(folder).filter((name) => name.endsWith(".js") && !["index.js", "language.js"].includes(name));
  mkdirSync(join(task.out, "lang"), { recursive: true });
  const written = names.map(async (name) => {
    const { messages } = await import(pathToFileURL(join(folder, name)).href);
    const text = JSON.stringify(messages);
    writeFileSync(join(task.out, "lang", `${name}on`), text);
    return /** @type {[string, string]} */ ([name, `sha384-${createHash("sha384").update(text).digest("base64")}`]);
  });
  return new Map(await Promise.all(written));
}

/** The table of languages, where each is a file that is fetched. @param {string} text */
function apart(text) {
  const table = text.replaceAll(/(?<=\(\) => )import\("\.\/([\w-]+\.js)"\)/g, (_, name) => {
    const hash = hashes.get(name);
    if (!hash) throw new Error(`src/js/lang/${name} is missing`);
    return `loadTexts(new URL("./lang/${name}on", import.meta.url), "${hash}")`;
  });
  return `import { loadTexts } from "../parts.js"; ${table}`;
}

const hashes = await languages();

await Promise.all([
  script({ split: true }, "index.js"),
  script({}, "verify-credential.js"),
  script({ inline: true }, "verify-credential.inline.js", { format: "iife" }),
  build({
    ...common, entryPoints: ["./define.js"], outfile: join(task.out, "define.js"),
    plugins: [{ name: "apart", setup({ onResolve }) {
      onResolve({ filter: /^\.\/element\.js$/ }, () => ({ path: "./index.js", external: true }));
    } }],
  }),
]);
