// The package from its tarball in a stranger's project: bundled by Vite, served by Vite, imported by Node, read by TypeScript.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { openPage } from "../browser/driver.mjs";
import { BADGE, BADGE_HEADLINE, TOOLS, host, scratchProject } from "./support.mjs";

let project;
const write = (name, text) => writeFileSync(join(project.directory, name), text);
const node = (...args) => execFileSync(process.execPath, args, { cwd: project.directory, encoding: "utf8" });
const VITE = join(TOOLS, "scratch/node_modules/vite/bin/vite.js");

before(() => {
  project = scratchProject();
  write("package.json", JSON.stringify({ private: true, type: "module", dependencies: { "verify-credential": "*" } }));
});
after(() => project?.remove());


const PAGE = `<!doctype html><html lang="en"><title>A project</title><script type="module" src="/main.js"></script>
  <body><verify-credential src="/badge.json"></verify-credential>`;
const MAIN = `import "verify-credential/define";
import { VerifyCredential } from "verify-credential";
globalThis.isOne = document.querySelector("verify-credential") instanceof VerifyCredential;`;

/** Opens a page in a browser of its own and gives its headline. */
async function headline(address) {
  const page = await openPage();
  try {
    await page.goto(address);
    const said = await page.until(() => document.querySelector("verify-credential").report?.headline
      ?? document.querySelector("verify-credential").shadowRoot?.querySelector("[part=fallback]")?.textContent, [], 30_000);
    assert.equal(await page.exec(() => globalThis.isOne), true, "the class that is exported is the one that is registered");
    return said;
  } finally {
    await page.close();
  }
}

test("Vite bundles it, with the wasm as it was published", async () => {
  write("index.html", PAGE);
  write("main.js", MAIN);
  const said = node(VITE, "build", "--logLevel", "warn");
  assert.equal(said, "", "no warning");
  const assets = readdirSync(join(project.directory, "dist/assets"));
  const wasm = assets.find((name) => /^verify_credential_bg.*\.wasm$/.test(name));
  const hash = (file) => createHash("sha384").update(readFileSync(file)).digest("base64");
  assert.equal(hash(join(project.directory, "dist/assets", wasm)), hash(join(project.package, "verify_credential_bg.wasm")));
  const server = await host(join(project.directory, "dist"), { "/badge.json": BADGE, "/": readFileSync(join(project.directory, "dist/index.html")) });
  try {
    assert.equal(await headline(server.address), BADGE_HEADLINE);
    assert.equal(server.asked.filter((path) => path.includes("verify_credential_bg") && path.endsWith(".wasm")).length, 1);
  } finally {
    await server.close();
  }
});

test("Vite serves it in development", async () => {
  write("index.html", PAGE);
  write("main.js", MAIN);
  write("badge.json", BADGE);
  const child = spawn(process.execPath, [VITE, "--port", "0", "--host", "127.0.0.1", "--clearScreen", "false"], {
    cwd: project.directory, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const address = await new Promise((found, failed) => {
      let said = "";
      child.once("close", () => failed(new Error(said)));
      child.stdout.on("data", (bytes) => {
        said += bytes;
        const [match] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
        if (match) found(match);
      });
    });
    assert.equal(await headline(address), BADGE_HEADLINE);
  } finally {
    child.kill();
  }
});

test("what nobody uses, a bundler leaves out", () => {
  write("unused.js", 'import { VerifyCredential } from "verify-credential"; console.log("nothing");');
  write("unused.config.js", `export default { logLevel: "silent", build: { outDir: "unused", write: true, rollupOptions: { input: "unused.js" } } };`);
  node(VITE, "build", "--config", "unused.config.js");
  const bytes = readdirSync(join(project.directory, "unused"), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith(".js")).reduce((sum, { parentPath, path, name }) => sum + readFileSync(join(parentPath ?? path, name)).length, 0);
  assert.ok(bytes < 2_000, `${bytes} bytes`);
});

test("Node verifies with it, without a document and without a network", () => {
  write("badge.json", BADGE);
  write("node.mjs", `import { readFile } from "node:fs/promises";
globalThis.fetch = () => { throw new Error("a request"); };
const { verify, REPORT_VERSION } = await import("verify-credential");
const report = await verify(await readFile("badge.json"));
const altered = await verify((await readFile("badge.json", "utf8")).replace(/"name": ?"/, "$&x"));
console.log(JSON.stringify([report.headline, altered.headline, report.version === REPORT_VERSION, typeof globalThis.customElements]));`);
  assert.deepEqual(JSON.parse(node("node.mjs")), [BADGE_HEADLINE, "do-not-rely", true, "undefined"]);
});

test("the README's examples for Node run as they stand", () => {
  const readme = readFileSync(join(project.package, "README.md"), "utf8");
  const examples = [...readme.matchAll(/```js\n(import [^`]*node:fs[^`]*)```/g)].map(([, text]) => text);
  assert.equal(examples.length, 3);
  write("badge.json", BADGE);
  const [said] = examples.map((text, index) => {
    write(`example-${index}.mjs`, text);
    return node(`example-${index}.mjs`);
  });
  assert.match(said, new RegExp(`^${BADGE_HEADLINE} did:key:`));
  assert.equal(typeof JSON.parse(readFileSync(join(project.directory, "resources.json"), "utf8")).readAt, "string");
});

test("Node refuses a module that was changed", () => {
  const file = join(project.package, "verify_credential_bg.wasm");
  const good = readFileSync(file);
  const flipped = Buffer.from(good);
  flipped[flipped.length >> 1] ^= 1;
  write("altered.mjs", `import { verify } from "verify-credential";
console.error = () => {};
console.log(await verify("{}").then(() => "verified", (error) => error.because));`);
  try {
    for (const [bytes, because] of [[flipped, "altered"], [null, "missing"]]) {
      if (bytes) writeFileSync(file, bytes);
      else rmSync(file);
      assert.equal(node("altered.mjs").trim(), because);
    }
  } finally {
    writeFileSync(file, good);
  }
});

test("a strict TypeScript project compiles against it", () => {
  write("use.ts", `import "verify-credential/define";
import { collect, verify, VerifyCredential } from "verify-credential";
import type { Report } from "verify-credential";

const report: Report = await verify(new Uint8Array(), { now: "2026-11-22T12:00:00Z" }, await collect("{}"));
if (report.headline === "verified") console.log(report.credential, report.checks.map(({ id, outcome }) => id + outcome));
// @ts-expect-error: a parsed object has lost what signatures cover
await verify({});

const element: VerifyCredential = document.createElement("verify-credential");
element.credential = "{}";
element.network = "off";
element.now = new Date();
element.resources = { dids: {} };
element.addEventListener("credential-checked", (event) => {
  const detail: unknown = (event as CustomEvent).detail;
  console.log(detail, element.report?.headline);
});
// @ts-expect-error: one of three words
element.network = "always";
`);
  for (const moduleResolution of ["bundler", "node16"]) {
    const module = moduleResolution === "bundler" ? "esnext" : "node16";
    write("tsconfig.json", JSON.stringify({ compilerOptions: {
      strict: true, noEmit: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, target: "es2022", module, moduleResolution,
      lib: ["es2022", "dom", "dom.iterable"], types: [],
    }, files: ["use.ts"] }));
    try {
      node(join(TOOLS, "npm/node_modules/typescript/lib/tsc.js"));
    } catch ({ stdout }) {
      assert.fail(`${moduleResolution}: ${stdout}`);
    }
  }
});
