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

// What a page transfers up to a drawn card: the script its tag names, what that imports, and the core, which carries
// texts, style sheet and contexts. tests/package looks at what a browser really asks for and holds this to it.
const common = new Set(["verify_credential_bg.wasm"]);
const pending = ["verify-credential.js"];
for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
  if (common.has(name)) continue;
  common.add(name);
  const text = readFileSync(join(directory, name), "utf8");
  for (const found of text.matchAll(/\b(?:import|from)\s*\(?\s*["'](\.[^"']+)["']/g)) {
    pending.push(posix.join(dirname(name), found[1]));
  }
}
for (const name of common) if (!names.includes(name)) throw new Error(`there is no ${name}`);

for (const name of names) {
  const bytes = readFileSync(join(directory, name));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const load = common.has(name) ? "common" : "later";
  console.log([name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length, load].join("\t"));
}
