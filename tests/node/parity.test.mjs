// The released wasm and the native command line give the same report for every vector, member for member.
//
// The network is 13-dids-registries/offline-map.json on both sides; now is noon of 22 November 2026. VERIFY_CREDENTIAL
// names the command; `cargo xtask test node` builds it and sets that.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Verification, verifyWhole } from "./whole.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VECTORS = "tests/vectors";
const MAP = `${VECTORS}/13-dids-registries/offline-map.json`;
const NOW = "2026-11-22T12:00:00Z";

const read = (name) => readFileSync(ROOT + name);

const { files } = JSON.parse(read(`${VECTORS}/index.json`).toString());
// A file may have several entries.
const present = [...new Set(files.map(({ file }) => `${VECTORS}/${file}`))].filter((file) => existsSync(ROOT + file));

test("every vector of the index has one report, native and as wasm", () => {
  assert.ok(present.length >= 300, `only ${present.length} files are there`);
  const network = snapshot();
  const native = reportsOfCommand(present);
  assert.equal(native.length, present.length);
  const differ = present.filter((file, index) => {
    try {
      assert.deepEqual(reportOfWasm(file, network), native[index]);
    } catch (error) {
      console.error(`${file}: ${error.message}`);
      return true;
    }
    return false;
  });
  assert.deepEqual(differ, []);
});

test("the reports are told apart by what the snapshot and the clock say", () => {
  const revoked = files.find(({ expect }) => expect === "revoked").file;
  const file = `${VECTORS}/${revoked}`;
  assert.equal(reportOfWasm(file, snapshot()).headline, "revoked");
  assert.notDeepEqual(reportOfWasm(file, Buffer.from("{}")), reportsOfCommand([file])[0]);
  assert.notDeepEqual(reportOfWasm(file, snapshot(), "2026-11-22T12:00:01Z"), reportsOfCommand([file])[0]);
});

/** The offline map with the text of each file in the place of its name; what is not there stays a name. */
function snapshot() {
  const map = JSON.parse(read(MAP).toString());
  for (const member of [map.dids, map.statusLists]) {
    for (const [address, name] of Object.entries(member)) {
      const file = `${VECTORS}/${name}`;
      if (existsSync(ROOT + file)) member[address] = read(file).toString();
    }
  }
  return Buffer.from(JSON.stringify(map));
}

function reportOfWasm(file, network, now = NOW) {
  const verification = new Verification(read(file), file, JSON.stringify({ now }));
  verification.provide_part("net");
  assert.equal(verification.provide_snapshot(network), true);
  const report = verifyWhole(verification);
  verification.free();
  return report;
}

function reportsOfCommand(names) {
  const command = process.env.VERIFY_CREDENTIAL ?? `${ROOT}target/debug/verify-credential`;
  const args = ["--now", NOW, "--resources", MAP, "--json", ...names];
  // 1 says that not all of them are valid, which is so.
  const options = { cwd: ROOT, maxBuffer: 1 << 28, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  let text;
  try {
    text = execFileSync(command, args, options);
  } catch (error) {
    if (error.status !== 1) throw error;
    text = error.stdout;
  }
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

test("a policy that is not understood is refused, not replaced", () => {
  for (const policy of ["", "{}x", '{"nwo": 1}', '{"now": "soon"}']) {
    assert.throws(() => new Verification(new Uint8Array(), "", policy), `${policy} was taken`);
  }
});
