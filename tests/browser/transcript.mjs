// Records of any length, signed when a test asks for one: with canonical JSON and Node's Ed25519, not with our own code.

import { createHash, generateKeyPairSync, sign } from "node:crypto";

const V2 = "https://www.w3.org/ns/credentials/v2";
const BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const LEARNER = "did:example:learner";
const KINDS = ["Course", "Competency", "Assessment", "Degree"];
const KEY = generateKeyPairSync("ed25519");
const RAW = Buffer.from(/** @type {string} */ (KEY.publicKey.export({ format: "jwk" }).x), "base64url");
const MULTIKEY = `z${base58(Buffer.concat([Buffer.from([0xed, 0x01]), RAW]))}`;

/** Who signs everything. */
export const ISSUER = `did:key:${MULTIKEY}`;

/**
 * A record of `count` badges. `expired`, `forged` and `open` are the positions of those that do not hold, or of which nobody
 * knows: what issued them publishes its keys where nobody asks.
 * @param {number} count
 * @param {{expired?: number[], forged?: number[], open?: number[]}} [bad]
 */
export function transcript(count, { expired = [], forged = [], open = [] } = {}) {
  const members = Array.from({ length: count }, (_, at) => {
    const member = signed({
      ...badge(at),
      ...(expired.includes(at) ? { validUntil: "2026-03-01T00:00:00Z" } : {}),
      ...(open.includes(at) ? { issuer: { id: "did:web:nowhere.example", type: ["Profile"], name: "Nowhere" } } : {}),
    });
    return forged.includes(at) ? { ...member, validFrom: "2020-02-01T08:00:00Z" } : member;
  });
  const association = members.slice(0, 4).map((_, at) => ({
    type: ["Association"], associationType: "isChildOf", sourceId: `urn:example:achievement:${at}`, targetId: "urn:example:certificate",
  }));
  const missing = { ...association[0], sourceId: "urn:example:achievement:none" };
  return JSON.stringify(signed({
    "@context": [V2, RECORDS, BADGES],
    id: "urn:example:record",
    type: ["VerifiableCredential", "ClrCredential"],
    name: "Transcript of records",
    issuer: profile("College of the Free School"),
    validFrom: "2026-02-01T08:00:00Z",
    credentialSubject: {
      id: LEARNER, type: ["ClrSubject"], verifiableCredential: members, association: [...association, missing],
      achievement: [{
        id: "urn:example:certificate", type: ["Achievement"], name: "Graduate Certificate in Electronics",
        description: "Four courses and a board.", criteria: { narrative: "All of them." },
      }],
    },
  }));
}

/** A badge with endorsements: a promise by somebody known, plain words, words of somebody nobody knows. */
export function endorsed() {
  const about = badge(0);
  const long = "The panel has seen the boards of three years, and compared them with what members are asked for. ".repeat(4);
  const endorsement = (name, types, comment) => signed({
    "@context": [V2, BADGES], id: `urn:example:by:${encodeURIComponent(name)}`,
    type: ["VerifiableCredential", "EndorsementCredential", ...types], name: "Endorsement",
    issuer: profile(name), validFrom: "2026-02-01T08:00:00Z",
    credentialSubject: { id: about.id, type: ["EndorsementSubject"], endorsementComment: comment },
  });
  const forged = { ...endorsement("Example Guild", [], "Superb."), validFrom: "2020-02-01T08:00:00Z" };
  return JSON.stringify(signed({ ...about, endorsement: [
    endorsement("Example Analysts Association", [], long),
    endorsement("Example Insurance Co.", ["https://schema.org/Offer"], "Guarantees an interview to holders."),
    forged,
  ] }));
}

function badge(at) {
  return {
    "@context": [V2, BADGES],
    id: `urn:example:badge:${at}`,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: `Unit ${at}`,
    issuer: profile("Workshop of the Free School of Electronics"),
    validFrom: "2026-02-01T08:00:00Z",
    credentialSubject: {
      id: LEARNER,
      type: ["AchievementSubject"],
      achievement: {
        id: `urn:example:achievement:${at}`, type: ["Achievement"], achievementType: KINDS[at % KINDS.length],
        name: `Unit ${at}: joints that hold`, description: "Solders, and says of a joint whether it does.",
        criteria: { narrative: "Two boards of thirty joints each." },
      },
    },
  };
}

const profile = (name) => ({ id: ISSUER, type: ["Profile"], name });

/** With a proof of `eddsa-jcs-2022`. */
function signed(document) {
  const proof = {
    "@context": document["@context"], type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", created: "2026-02-01T09:00:00Z",
    verificationMethod: `${ISSUER}#${MULTIKEY}`, proofPurpose: "assertionMethod",
  };
  const hashes = [proof, document].map((part) => createHash("sha256").update(canonical(part)).digest());
  return { ...document, proof: { ...proof, proofValue: `z${base58(sign(null, Buffer.concat(hashes), KEY.privateKey))}` } };
}

/** Canonical JSON of what is made here: plain names, texts and whole numbers. */
function canonical(value) {
  const sorted = (_, part) => (part !== null && typeof part === "object" && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part);
  return JSON.stringify(value, sorted);
}

function base58(bytes) {
  const digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  let text = "";
  for (let rest = BigInt(`0x${bytes.toString("hex")}`); rest > 0n; rest /= 58n) text = digits[Number(rest % 58n)] + text;
  return "1".repeat(bytes.findIndex((byte) => byte !== 0)) + text;
}
