// The browsers that package.json names can run what is published. Syntax is esbuild's to hold; here are interfaces, style
// sheets and what the wasm is made of, each with the versions that brought it, from MDN's compatibility tables.
// What a style sheet or a module uses without a row fails; of interfaces, which cannot be told from other names, those
// that are too new fail by their own list.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { ROOT } from "./support.mjs";

const read = (name) => readFileSync(join(ROOT, name));
const { browserslist } = JSON.parse(read("pkg/package.json"));
const FLOOR = ["chrome", "firefox", "safari"].map((name) =>
  Number(new RegExp(`${name} >= ([\\d.]+)`).exec(browserslist.join("\n"))[1]));

// Chrome (and Edge, which is the same), Firefox, Safari.
const INTERFACES = [
  [/\.attachShadow\(/, 53, 63, 10],
  [/\.adoptedStyleSheets\b/, 73, 101, 16.4],
  [/new CSSStyleSheet\b/, 73, 101, 16.4],
  [/\.replaceSync\(/, 73, 101, 16.4],
  [/\bCSS\.escape\(/, 46, 31, 10.1],
  [/\bcustomElements\.define\(/, 54, 63, 10.1],
  [/\bFinalizationRegistry\b/, 84, 79, 14.1],
  [/\.encodeInto\(/, 74, 61, 14.1],
  [/\bBigInt\.asUintN\(/, 67, 68, 14],
  [/\bObject\.hasOwn\(/, 93, 92, 15.4],
  [/\bWebAssembly\.compileStreaming\(/, 61, 58, 15],
  [/\bcause:/, 93, 91, 15],
  [/\breplaceChildren\(/, 86, 78, 14],
  [/\btoggleAttribute\(/, 69, 63, 12],
  [/\bnew DecompressionStream\(/, 80, 113, 16.4],
  [/\.attachInternals\(/, 77, 93, 16.4],
  [/\.setFormValue\(/, 77, 98, 16.4],
  [/\bIntersectionObserver\b/, 58, 55, 12.1],
  [/\.throwIfAborted\(/, 100, 97, 15.4],
  [/\bimport\.meta\.url\b/, 64, 62, 11.1],
];

// Newer than the floor in at least one browser. Where such a thing is wanted, it needs another way beside it.
const TOO_NEW = [
  /\bAbortSignal\.any\(/, /\bPromise\.(try|withResolvers)\(/, /\.(toBase64|fromBase64|toHex|fromHex|setFromBase64)\(/,
  /\bIterator\.(from|concat)\(/, /\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, /\bRegExp\.escape\(/,
  /\bURLPattern\b/, /\bIntl\.(Segmenter|DurationFormat)\b/, /\bCustomStateSet\b|\.states\.add\(/, /\.(setHTMLUnsafe|getHTML|moveBefore)\(/,
  /\.(showPopover|hidePopover|togglePopover)\(/, /\bscheduler\.(yield|postTask)\(/, /\brequestIdleCallback\(/, /\bURL\.parse\(/,
  /\bMath\.(sumPrecise|f16round)\(/, /\bArray\.fromAsync\(/, /\bJSON\.(rawJSON|isRawJSON)\(/, /\bstartViewTransition\(/,
  /\.(transfer|transferToFixedLength)\(/, /\bTemporal\b/, /\bnavigation\.navigate\(/, /\bCloseWatcher\b/,
  /\bcookieStore\b/, /\bFloat16Array\b/, /\b(Suppressed|Disposable|AsyncDisposable)(Error|Stack)\b/,
];

const STYLES = {
  "@media": [1, 1, 3], "@container": [105, 110, 16], "var(": [49, 31, 9.1], "light-dark(": [123, 120, 17.5],
  "inset(": [55, 54, 9.1], ":has": [105, 121, 15.4], "min(": [79, 75, 11.1], ":is": [88, 78, 14], ":lang": [1, 1, 3], "::before": [1, 1, 3],
  ":not": [1, 1, 3], "repeat(": [57, 52, 10.1], ":last-child": [1, 1, 3], ":first-child": [1, 1, 3], "calc(": [26, 16, 7],
  ":host": [54, 63, 10], ":hover": [1, 1, 2], ":focus-visible": [86, 85, 15.4], ":disabled": [1, 1, 3],
};

const WASM = {
  "bulk-memory": [75, 79, 15], "bulk-memory-opt": [75, 79, 15], "call-indirect-overlong": [96, 79, 15], multivalue: [85, 78, 13.1],
  "mutable-globals": [74, 61, 13.1], "nontrapping-fptoint": [75, 64, 15], "reference-types": [96, 79, 15], "sign-ext": [74, 62, 14.1],
};

const fits = (versions, what) => versions.forEach((version, index) =>
  assert.ok(version <= FLOOR[index], `${what} came with ${version}, and ${FLOOR[index]} is promised`));

test("the README names the same browsers", () => {
  const [chrome, firefox, safari] = FLOOR;
  const readme = read("pkg/README.md").toString();
  assert.ok(readme.includes(`Chrome and Edge ${chrome}, Firefox ${firefox}, Safari ${safari},`));
  assert.ok(browserslist.includes(`edge >= ${chrome}`));
});

test("interfaces of the scripts", () => {
  const scripts = ["index.js", "verify-credential.inline.js"].map((name) => read(`pkg/${name}`).toString());
  const used = INTERFACES.filter(([pattern]) => scripts.some((text) => pattern.test(text)));
  assert.ok(used.length > INTERFACES.length / 2, "the table speaks of these scripts");
  for (const [pattern, ...versions] of used) fits(versions, pattern);
  for (const pattern of TOO_NEW) for (const text of scripts) assert.doesNotMatch(text, pattern);
});

test("the style sheet", () => {
  const text = read("src/render/card.css").toString().replaceAll(/\/\*[^]*?\*\/|url\([^)]*\)/g, "");
  const used = new Set(text.match(/@[a-z-]+|[a-z-]+\((?<!:[a-z-]+\()|::?[a-z-]+(?=[^;}]*\{)|&/g).filter((word) => word !== "and("));
  assert.deepEqual([...used].filter((word) => !Object.hasOwn(STYLES, word)), [], "features without a row");
  for (const [word, versions] of Object.entries(STYLES)) fits(versions, word);
});

test("the wasm modules", () => {
  const modules = readdirSync(new URL("../../pkg/", import.meta.url)).filter((name) => name.endsWith(".wasm"));
  assert.ok(modules.length >= 3);
  const used = new Set(modules.flatMap((name) => featuresOf(read(`pkg/${name}`))));
  assert.deepEqual([...used].filter((name) => !Object.hasOwn(WASM, name)), [], "features without a row");
  for (const [name, versions] of Object.entries(WASM)) fits(versions, name);
});

/** What the compiler says that a module needs: the section `target_features`, of vectors of a sign and a name. */
function featuresOf(bytes) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "target_features");
  assert.ok(section, "the module says what it is made of");
  const data = Buffer.from(section);
  const names = [];
  for (let at = 1; names.length < data[0]; at += 2 + data[at + 1]) {
    assert.equal(String.fromCharCode(data[at]), "+");
    names.push(data.toString("latin1", at + 2, at + 2 + data[at + 1]));
  }
  return names;
}
