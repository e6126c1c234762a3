// Hostile inputs through the released wasm, all on one instance: each gets a report within seconds and without a trap,
// and afterwards the instance still knows a good badge from a tampered one.

import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateSync, gzipSync } from "node:zlib";

import { Verification, htmlOf, raw, verifyWhole } from "./whole.mjs";

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url));
const POLICY = JSON.stringify({ now: "2026-11-22T12:00:00Z" });
const INPUT_BYTES_MAX = 5_000_000;
const SECONDS_MAX = 3;
const V2 = "https://www.w3.org/ns/credentials/v2";
const BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const LIST = "https://issuer.example/status/1";
const GOOD = read("tests/vectors/08-open-badges-3/jff-plugfest/plugfest-2-signed.json");

const KEY = newKey();
const started = raw;

/** Verifies and draws, as a page would. @param {Uint8Array | string} input @param {object} [snapshot] */
function report(input, snapshot) {
  const verification = new Verification(Buffer.from(input), "", POLICY);
  if (snapshot) verification.provide_part("net");
  if (snapshot) assert.equal(verification.provide_snapshot(Buffer.from(JSON.stringify(snapshot))), true);
  const found = verifyWhole(verification);
  assert.notEqual(htmlOf(verification), "");
  verification.free();
  return found;
}

function stillWorks() {
  assert.equal(report(GOOD).headline, "genuine-issuer-unconfirmed");
  assert.equal(report(GOOD.toString().replace("Jobs for", "Jobs by")).headline, "do-not-rely");
}

/**
 * @param {string} name
 * @param {() => (Uint8Array | string)} make
 * @param {RegExp} headline
 * @param {object} [snapshot]
 * @param {object} [options] of Node's test runner
 */
function hostile(name, make, headline, snapshot, options = {}) {
  test(name, options, () => {
    const input = make();
    const start = process.cpuUsage();
    const { headline: said, verdict, checks, credential } = report(input, snapshot);
    const { user, system } = process.cpuUsage(start);
    assert.match(said, headline);
    assert.notEqual(verdict, "valid");
    assert.ok(checks.length > 0);
    assert.ok(snapshot !== undefined || credential === null);
    // Processor time, so that other work on the machine does not count.
    assert.ok(user + system < SECONDS_MAX * 1e6, `took ${(user + system) / 1e6} s`);
    stillWorks();
  });
}

test("a good badge, to begin with", stillWorks);

const REFUSED = /^(unreadable|do-not-rely)$/;
hostile("nothing", () => "", REFUSED);
hostile("5 MB of opening brackets", () => "[".repeat(INPUT_BYTES_MAX), REFUSED);
hostile("one byte more than is read", () => "[".repeat(INPUT_BYTES_MAX + 1), REFUSED);
hostile("50 MB", () => Buffer.alloc(50_000_000, " "), REFUSED);
hostile("arrays 100,000 deep", () => "[".repeat(100_000) + "]".repeat(100_000), REFUSED);
hostile("objects 100,000 deep", () => '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000), REFUSED);
hostile("a claim 100,000 deep", () => signedLooking({ a: "X" }).replace('"X"', "[".repeat(100_000) + "]".repeat(100_000)),
  REFUSED);
hostile("a string of 4.9 MB", () => signedLooking({ name: "x".repeat(4_900_000) }), REFUSED);
hostile("a number of 4.9 MB", () => signedLooking({ name: "X" }).replace('"X"', "9".repeat(4_900_000)), REFUSED);
hostile("an object of a million members", () => object(1_000_000), REFUSED);
hostile("an object of as many members as fit", () => object(450_000), REFUSED);
hostile("the same member as often as fits", () => `{${'"a":0,'.repeat(800_000)}"b":0}`, REFUSED);
hostile("an object of as many members as are read", () => object(19_000), REFUSED);
hostile("20,000 inline contexts", () => inlineContexts(20_000), /^(not-fully-checked|do-not-rely)$/);
hostile("as many inline contexts as are read", () => inlineContexts(250), /^(not-fully-checked|do-not-rely)$/);
hostile("20,000 subjects that look alike", () => signedLooking({
  credentialSubject: Array.from({ length: 20_000 }, () => ({ type: ["AchievementSubject"] })),
}), /^(not-fully-checked|do-not-rely)$/);
hostile("subjects without names that all know each other", () => signedLooking({ credentialSubject: clique(9) }),
  /^(not-fully-checked|do-not-rely)$/);
hostile("2,000 proofs", () => {
  const document = JSON.parse(signedLooking({}));
  document.proof = Array.from({ length: 2_000 }, () => document.proof);
  return JSON.stringify(document);
}, /^(not-fully-checked|do-not-rely)$/);

for (const length of [0, 1, 0x7fff_ffff, 0xffff_ffff]) {
  hostile(`a PNG whose chunk claims ${length} bytes`, () => {
    const text = chunk("iTXt", "openbadgecredential\0\0\0\0\0{}");
    text.writeUInt32BE(length, 0);
    return png(text);
  }, REFUSED);
}
hostile("a PNG whose header claims 4 GB", () => {
  const image = png(chunk("iTXt", "openbadgecredential\0\0\0\0\0{}"));
  image.writeUInt32BE(0xffff_ffff, 8);
  return image;
}, REFUSED);
hostile("a PNG whose text inflates to 200 MB", () => png(chunk("iTXt", Buffer.concat([
  Buffer.from("openbadgecredential\0\x01\0\0\0", "latin1"), deflateSync(Buffer.alloc(200_000_000, "[")),
]))), REFUSED);

const bomb = `u${gzipSync(Buffer.alloc(400_000_000)).toString("base64url")}`;
hostile("a status list that inflates to 400 MB", () => badgeWithStatus(), /^not-fully-checked$/, listOf(bomb));
hostile("a status list that is no gzip", () => badgeWithStatus(), /^not-fully-checked$/, listOf("uAAAA"));

hostile("100 proofs over a document of 4 MB, as canonical JSON", () => {
  const document = JSON.parse(badge({ description: "x".repeat(4_000_000) }));
  document.proof = Array.from({ length: 100 }, () => ({ ...document.proof, created: "2026-01-01T00:00:01Z" }));
  return JSON.stringify(document);
}, /^(not-fully-checked|do-not-rely)$/);

// More entries than are looked at, so that one of the others may be the one that counts.
hostile("100 entries in one status list that inflates to 16 MB", () => badge({
  credentialStatus: Array.from({ length: 100 }, (_, index) => ({
    type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: `${index + 1}`,
    statusListCredential: LIST,
  })).concat({
    type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: "0", statusListCredential: LIST,
  }),
}), /^not-fully-checked$/, listOf(`u${gzipSync(Buffer.alloc(15_900_000, 0x80, "latin1").fill(0, 1)).toString("base64url")}`));

test("a status list of the usual size is read, and tells revoked from not", () => {
  const bits = Buffer.alloc(16_384);
  const said = () => report(badgeWithStatus(), listOf(`u${gzipSync(bits).toString("base64url")}`)).headline;
  assert.equal(said(), "genuine-issuer-unconfirmed");
  bits[0] = 0x80;
  assert.equal(said(), "revoked");
});

test("hundreds of inputs later, memory has not grown for good", () => {
  const before = started.memory.buffer.byteLength;
  for (let round = 0; round < 300; round += 1) stillWorks();
  assert.equal(started.memory.buffer.byteLength, before);
  assert.ok(before <= 268_435_456);
});

/** A credential that is whole but for its signature, so that nothing but the work behind the signature is refused. */
function signedLooking(more) {
  const document = JSON.parse(badge());
  return JSON.stringify({ ...document, ...more, proof: { ...document.proof, cryptosuite: "eddsa-rdfc-2022" } });
}

function object(members) {
  const names = Array.from({ length: members }, (_, index) => `"${index.toString(36)}":0`);
  return `{${names.join()}}`;
}

function inlineContexts(count) {
  const inline = Array.from({ length: count }, (_, index) => ({ [`t${index}`]: `https://terms.example/${index}` }));
  return signedLooking({ "@context": [V2, BADGES, ...inline] });
}

/** Each knows all others, over an inline term; only the canonical order of blank nodes makes this hard. */
function clique(size) {
  const id = (index) => `_:b${index}`;
  return Array.from({ length: size }, (_, index) => ({
    id: id(index), type: "AchievementSubject",
    "https://terms.example/knows": Array.from({ length: size }, (_, other) => other).filter((other) => other !== index)
      .map((other) => ({ id: id(other) })),
  }));
}

function badge(more = {}) {
  return signed({
    "@context": [V2, BADGES],
    id: "urn:uuid:1f1a4d0e-9d0b-4a2d-8a55-7d3b3f1f9a01",
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: "Soldering",
    issuer: { id: KEY.did, type: ["Profile"], name: "Example Issuer" },
    validFrom: "2026-01-01T00:00:00Z",
    credentialSubject: { type: ["AchievementSubject"], achievement: {
      id: "urn:uuid:1f1a4d0e-9d0b-4a2d-8a55-7d3b3f1f9a02", type: ["Achievement"], name: "Soldering",
      description: "Can solder.", criteria: { narrative: "Solders a board that works." },
    } },
    ...more,
  });
}

function badgeWithStatus() {
  return badge({ credentialStatus: {
    type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: "0", statusListCredential: LIST,
  } });
}

function listOf(encodedList) {
  const list = signed({
    "@context": [V2],
    id: LIST,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer: KEY.did,
    validFrom: "2026-01-01T00:00:00Z",
    credentialSubject: { id: `${LIST}#list`, type: "BitstringStatusList", statusPurpose: "revocation", encodedList },
  });
  return { statusLists: { [LIST]: list } };
}

/** Signs with eddsa-jcs-2022, whose canonical form is sorted JSON as long as there are neither floats nor odd keys. */
function signed(document) {
  const options = {
    type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", created: "2026-01-01T00:00:00Z",
    verificationMethod: KEY.method, proofPurpose: "assertionMethod", "@context": document["@context"],
  };
  const hash = (value) => createHash("sha256").update(JSON.stringify(sorted(value))).digest();
  const value = sign(null, Buffer.concat([hash(options), hash(document)]), KEY.secret);
  return JSON.stringify({ ...document, proof: { ...options, proofValue: `z${base58(value)}` } });
}

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  const multikey = `z${base58(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`;
  return { secret: privateKey, did: `did:key:${multikey}`, method: `did:key:${multikey}#${multikey}` };
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

function png(...chunks) {
  const header = chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
  const pixel = chunk("IDAT", deflateSync(Buffer.from([0, 0])));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), header, ...chunks, pixel, chunk("IEND", "")]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), Buffer.from(data)]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(body.length - 4, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function crc32(bytes) {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}

function base58(bytes) {
  const digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  let text = "";
  for (let rest = BigInt(`0x${bytes.toString("hex")}`); rest > 0n; rest /= 58n) text = digits[Number(rest % 58n)] + text;
  return "1".repeat(bytes.findIndex((byte) => byte !== 0)) + text;
}
