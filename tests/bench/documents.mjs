// The documents of the measurements, signed afresh: many that differ in identifiers only, so that nobody wins by
// remembering a document, and for each kind one that must be refused.
//
// Signed with jsonld.js and rdf-canonize (or their canonical JSON) and Node's Ed25519, ECDSA and RSA, not with our own code.

import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const V2 = "https://www.w3.org/ns/credentials/v2";
const BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1";
const LIST = "https://issuer.example/status/1";
const LIST_BITS = 131_072;
const COPIES = 24;
/** Of records, which are long. */
const RECORD_COPIES = 3;

/** The contexts that the product embeds, by address, for whoever else needs them. @param {URL} root */
export function contexts(root) {
  const table = readFileSync(new URL("src/canon/contexts.rs", root), "utf8");
  const rows = table.matchAll(/row!\(\s*"([^"]+)",\s*"([^"]+)",?\s*\)/g);
  return Object.fromEntries([...rows].map(([, url, file]) =>
    [url, JSON.parse(readFileSync(new URL(`src/canon/contexts/${file}`, root), "utf8"))]));
}

/**
 * @typedef {{name: string, title: string, suite: string, good: string[], bad: string[], list?: string, badList?: string, rival?: string, algorithm?: string, parts?: string[], isRecord?: boolean}} Work
 * `parts` are those of the package that it needs; of a record each member must hold. `bad` must be refused; with `badList` in the place of `list` the good ones must be too.
 */

/** @param {URL} root @param {string} tools where package.json is installed @returns {Promise<Work[]>} */
export async function documents(root, tools) {
  const require = createRequire(pathToFileURL(`${tools}/`));
  const signer = new Signer(require, contexts(root), "ed25519");
  const onCurve = new Signer(require, contexts(root), "ec");
  const work = async (name, title, suite, make, { signer: by = signer, copies = COPIES, ...more } = {}) => {
    const good = [];
    for (let copy = 0; copy < copies; copy += 1) good.push(JSON.stringify(await by.sign(await make(), suite)));
    return { name, title, suite, good, bad: good.slice(0, 2).map(tamper), ...more };
  };
  const status = { credentialStatus: {
    type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: "94567", statusListCredential: LIST,
  } };
  const list = async (bit) => JSON.stringify(await signer.sign(statusList(signer.did, bit), "eddsa-rdfc-2022"));
  return [
    await work("W1-2020", "small badge", "Ed25519Signature2020", () => smallBadge(signer.did, [ED25519_2020])),
    await work("W1", "small badge", "eddsa-rdfc-2022", () => smallBadge(signer.did)),
    await work("W1-ecdsa", "small badge", "ecdsa-rdfc-2019", () => smallBadge(onCurve.did), { signer: onCurve, parts: ["curves"] }),
    await work("W2", "rich badge with image", "eddsa-rdfc-2022", () => richBadge(signer.did)),
    await work("W4", "small badge", "eddsa-jcs-2022", () => smallBadge(signer.did)),
    await work("W8", `W1 + list of ${LIST_BITS}`, "eddsa-rdfc-2022", () => ({ ...smallBadge(signer.did), ...status }),
      { list: await list(null), badList: await list(94_567), listUrl: LIST, parts: ["net"] }),
    await work("W6-50", "record of 50", "eddsa-rdfc-2022", () => record(signer, 50), { copies: RECORD_COPIES, parts: ["more"], isRecord: true }),
    await work("W6-500", "record of 500", "eddsa-rdfc-2022", () => record(signer, 500), { copies: 1, parts: ["more"], isRecord: true }),
    tokens("EdDSA", "ed25519"),
    tokens("ES256", "ec", { namedCurve: "P-256" }),
    tokens("RS256", "rsa", { modulusLength: 2048 }),
  ];
}

/** The small badge as tokens of VC-JOSE-COSE, signed by a did:jwk. @returns {Work} */
function tokens(algorithm, type, options) {
  const { publicKey, privateKey } = generateKeyPairSync(type, options);
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const did = `did:jwk:${encoded({ ...publicKey.export({ format: "jwk" }), alg: algorithm })}`;
  const head = encoded({ alg: algorithm, kid: `${did}#0`, typ: "vc+jwt" });
  const good = Array.from({ length: COPIES }, () => {
    const signed = `${head}.${encoded(smallBadge(did))}`;
    const hash = algorithm === "EdDSA" ? null : "sha256";
    const signature = sign(hash, Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  });
  const tampered = (token) => {
    const [, payload, signature] = token.split(".");
    return [head, Buffer.from(tamper(Buffer.from(payload, "base64url").toString())).toString("base64url"), signature].join(".");
  };
  return {
    name: `JWT-${algorithm}`, title: "small badge", suite: "VC-JWT", algorithm, good, bad: good.slice(0, 2).map(tampered),
    rival: "jose", parts: ["more", ...({ ES256: ["curves"], RS256: ["rsa"] }[algorithm] ?? [])],
  };
}

/** Changes one letter of a signed name, and nothing about the shape. @param {string} text */
function tamper(text) {
  const changed = text.replace('"name":"Soldering', '"name":"Sotdering');
  if (changed === text) throw new Error("there is nothing to tamper with");
  return changed;
}

class Signer {
  #secret;
  #hashName;
  #canonicalJson;
  #jsonld;
  #contexts;

  /** @param {"ed25519" | "ec"} type of the key; "ec" is P-256 */
  constructor(require, contexts, type) {
    const { publicKey, privateKey } = generateKeyPairSync(type, { namedCurve: "P-256" });
    const { x, y } = publicKey.export({ format: "jwk" });
    const raw = Buffer.from(x, "base64url");
    // Multikeys have the sign of y in the first byte of a point.
    const head = type === "ed25519" ? [0xed, 0x01] : [0x80, 0x24, 2 + (Buffer.from(y, "base64url").at(-1) & 1)];
    this.#secret = { key: privateKey, dsaEncoding: "ieee-p1363" };
    this.#hashName = type === "ed25519" ? null : "sha256";
    this.multikey = `z${base58(Buffer.concat([Buffer.from(head), raw]))}`;
    this.did = `did:key:${this.multikey}`;
    this.#jsonld = require("jsonld");
    this.#canonicalJson = require("canonicalize");
    this.#contexts = contexts;
  }

  /** @param {object} document @param {string} suite */
  async sign(document, suite) {
    const type = suite === "Ed25519Signature2020" ? { type: suite } : { type: "DataIntegrityProof", cryptosuite: suite };
    const options = {
      ...type, created: "2026-02-01T09:00:00Z", verificationMethod: `${this.did}#${this.multikey}`,
      proofPurpose: "assertionMethod",
    };
    const withContext = { "@context": document["@context"], ...options };
    const hashes = [];
    for (const part of [withContext, document]) hashes.push(await this.#hash(part, suite));
    const proofValue = `z${base58(sign(this.#hashName, Buffer.concat(hashes), this.#secret))}`;
    // Canonical JSON covers the proof's own @context, so that it has to stay.
    return { ...document, proof: { ...(suite === "eddsa-jcs-2022" ? withContext : options), proofValue } };
  }

  async #hash(part, suite) {
    const canonical = suite === "eddsa-jcs-2022" ? this.#canonicalJson(part) : await this.#jsonld.canonize(part, {
      algorithm: "RDFC-1.0", format: "application/n-quads", safe: true, documentLoader: (url) => this.#load(url),
    });
    return createHash("sha256").update(canonical).digest();
  }

  async #load(documentUrl) {
    const document = this.#contexts[documentUrl];
    if (!document) throw new Error(`no context ${documentUrl}`);
    return { documentUrl, document };
  }
}

function smallBadge(issuer, more = []) {
  return {
    "@context": [V2, BADGES, ...more],
    id: `urn:uuid:${randomUUID()}`,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: "Soldering, first level",
    issuer: { id: issuer, type: ["Profile"], name: "Workshop of the Free School of Electronics", url: "https://issuer.example/" },
    validFrom: "2026-02-01T08:00:00Z",
    validUntil: "2031-02-01T08:00:00Z",
    credentialSubject: {
      id: `did:example:${randomUUID()}`,
      type: ["AchievementSubject"],
      achievement: {
        id: "https://issuer.example/achievements/soldering-1",
        type: ["Achievement"],
        achievementType: "Competency",
        name: "Soldering, first level",
        description: "Solders through-hole components so that the joints hold, and says of a given joint whether it does.",
        criteria: { narrative: "Two boards of thirty joints each, seen by two assessors; a third where they disagree. "
          + "Cold joints, bridges and lifted pads count against the board; flux that was left does not. The assessors write "
          + "down what they saw before they confer, and both notes are kept with the photographs for five years." },
        image: { id: "https://issuer.example/images/soldering-1.png", type: "Image", caption: "A soldering iron" },
        tag: ["electronics", "soldering", "craft"],
        alignment: [{
          type: ["Alignment"], targetCode: "S8.2.1", targetName: "solder electronics",
          targetUrl: "http://data.europa.eu/esco/skill/8d2b9d3b-3d2c-4a6b-8bd5-f1f3d3ad3a0a", targetFramework: "ESCO",
        }],
      },
    },
  };
}

/** A record of `count` small badges of one learner, each signed. */
async function record(signer, count) {
  const id = `did:example:${randomUUID()}`;
  const members = [];
  for (let number = 0; number < count; number += 1) {
    const badge = smallBadge(signer.did);
    const achievement = { ...badge.credentialSubject.achievement, id: `urn:uuid:${randomUUID()}` };
    members.push(await signer.sign({ ...badge, credentialSubject: { ...badge.credentialSubject, id, achievement } }, "eddsa-rdfc-2022"));
  }
  return {
    "@context": [V2, RECORDS, BADGES],
    id: `urn:uuid:${randomUUID()}`,
    type: ["VerifiableCredential", "ClrCredential"],
    name: "Soldering, all levels",
    issuer: { id: signer.did, type: ["Profile"], name: "Workshop of the Free School of Electronics" },
    validFrom: "2026-02-01T08:00:00Z",
    credentialSubject: { id, type: ["ClrSubject"], verifiableCredential: members },
  };
}

/** 64 KB, two thirds of them the image. */
function richBadge(issuer) {
  const badge = smallBadge(issuer);
  const { credentialSubject: subject, ...rest } = badge;
  const many = (count, make) => Array.from({ length: count }, (_, index) => make(index + 1));
  const image = { id: `data:image/png;base64,${pixels().toString("base64")}`, type: "Image", caption: "A soldering iron" };
  const levels = many(4, (level) => ({
    id: `urn:example:level:${level}`, type: ["RubricCriterionLevel"], level: `Level ${level}`, name: `Level ${level}`, points: `${level}`,
    description: "What a joint of this level looks like, and what was watched while it was made.",
  }));
  return {
    ...rest,
    description: "Awarded after a course of forty hours in a workshop with six benches.",
    evidence: many(6, (index) => ({
      id: `https://issuer.example/evidence/${randomUUID()}`, type: ["Evidence"], name: `Board ${index}`,
      narrative: "Photographs of both sides before and after cleaning, with the notes of both assessors on every joint.",
    })),
    credentialSubject: {
      ...subject,
      result: many(4, (index) => ({ type: ["Result"], resultDescription: `urn:example:result:${index}`, value: `${index * 20}` })),
      achievement: {
        ...subject.achievement,
        image,
        creator: { id: issuer, type: ["Profile"], name: "Workshop of the Free School of Electronics" },
        alignment: many(24, (index) => ({
          type: ["Alignment"], targetCode: `S8.2.${index}`, targetName: `skill number ${index} of the framework`,
          targetDescription: "What somebody with this skill does without help, in the words of the framework.",
          targetUrl: `https://framework.example/skills/${index}`, targetFramework: "Example framework", targetType: "ext:ExampleSkill",
        })),
        resultDescription: many(4, (index) => ({
          id: `urn:example:result:${index}`, type: ["ResultDescription"], name: `Part ${index}`, resultType: "RubricCriterionLevel",
          rubricCriterionLevel: levels.map((level) => ({ ...level, id: `${level.id}:${index}` })),
        })),
      },
    },
  };
}

/** Bytes that do not compress, as an image's do not; the same for all copies. */
function pixels() {
  const blocks = Array.from({ length: 1150 }, (_, index) => createHash("sha256").update(`pixel ${index}`).digest());
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...blocks]);
}

function statusList(issuer, setBit) {
  const bits = Buffer.alloc(LIST_BITS / 8);
  // One credential in fifty is revoked.
  for (let index = 0; index < LIST_BITS; index += 1) {
    const byte = createHash("sha256").update(`revoked ${index >> 5}`).digest();
    if (index !== 94_567 && byte[index & 31] < 5) bits[index >> 3] |= 0x80 >> (index & 7);
  }
  if (setBit !== null) bits[setBit >> 3] |= 0x80 >> (setBit & 7);
  return {
    "@context": [V2], id: LIST, type: ["VerifiableCredential", "BitstringStatusListCredential"], issuer,
    validFrom: "2026-02-01T08:00:00Z",
    credentialSubject: {
      id: `${LIST}#list`, type: "BitstringStatusList", statusPurpose: "revocation",
      encodedList: `u${gzipSync(bits).toString("base64url")}`,
    },
  };
}

function base58(bytes) {
  const digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  let text = "";
  for (let rest = BigInt(`0x${bytes.toString("hex")}`); rest > 0n; rest /= 58n) text = digits[Number(rest % 58n)] + text;
  return "1".repeat(bytes.findIndex((byte) => byte !== 0)) + text;
}
