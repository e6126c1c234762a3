// Prints one line per file of the package: name, bytes raw, gzip 9, brotli 11, and whether a common page loads it.
// Arguments: the package's directory. Started by package.rs, because Node carries both compressors.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const directory = process.argv[1];
const names = readdirSync(directory, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => posix.relative(directory, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((name) => /\.(wasm|js|css|svg)$/.test(name))
  .sort();

// What a page transfers up to a drawn card: the module, its glue, style sheets, and every script the widget's entry
// imports statically. A script imported later, such as another language or the worker, is not on that way.
const common = new Set(names.filter((name) => /^[^/]+\.(wasm|css)$/.test(name)));
const entries = names.includes("define.js") ? ["define.js", "lang/en.js"] : names.filter((name) => !name.includes("/"));
const pending = ["verify_credential.js", ...entries].filter((name) => names.includes(name));
for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
  if (common.has(name) || !names.includes(name)) continue;
  common.add(name);
  if (!name.endsWith(".js")) continue;
  const text = readFileSync(join(directory, name), "utf8");
  for (const found of text.matchAll(/^\s*(?:import|export)\b[^"';]*["'](\.[^"']+)["']/gm)) {
    pending.push(posix.join(dirname(name), found[1]));
  }
}

for (const name of names) {
  const bytes = readFileSync(join(directory, name));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const load = common.has(name) ? "common" : "later";
  console.log([name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length, load].join("\t"));
}
