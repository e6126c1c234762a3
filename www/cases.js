/**
 * Every state the element can be in, for the page that shows them all, for the contact sheets and for what measures
 * them. Files stand below tests/vectors/, where their origin and licence are noted.
 */

import { fill } from "./vectors.js";

/**
 * @typedef {object} Case
 * @property {string} id
 * @property {string} title
 * @property {string} [headline] the report's headline; none where nothing is checked
 * @property {Readonly<Record<string, string>>} [attributes] besides `network="off"`
 * @property {import("./vectors.js").Example} [example] none where the reader is asked for it, or it does not come
 * @property {"never" | "lost"} [reading] what becomes of a file that is no example
 */

const DCC = "did:web:digitalcredentials.github.io:vc-test-fixtures:dids:oidf";
const DCC_LIST = "https://digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020/e5WK8CbZ1GjycuPombrj";
const FILES = "08-open-badges-3/dcc-vc-test-fixtures";
const WAITING = { file: `${FILES}/v1/dataIntegrityProof/didWeb/oidf-validStatus-noExpiry.json`, resources: [DCC] };
const LINKED = { src: "https://badges.example/robin/badge.json" };

/** A credential of the project's own issuers, with all they publish. @param {string} file */
function own(file) {
  const resources = ["did:web:issuer.example", "did:web:insurance.example", "https://issuer.example/status/revocation",
    "https://issuer.example/status/suspension"];
  return { file: `own/${file}`, map: "own/shown-map.json", resources };
}

/** @type {readonly Case[]} */
export const CASES = [
  { id: "verified", title: "Verified, with results", headline: "verified", example: own("results-by-points.json") },
  {
    id: "real", title: "Verified, a real issuer", headline: "verified",
    example: {
      file: "08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json",
      resources: ["did:web:credentials.andamio.io", "https://credentials.andamio.io/status/key-epoch-2026-07.json"],
    },
  },
  { id: "unordered", title: "Verified, levels in no signed order", headline: "verified", example: own("results-unordered.json") },
  { id: "languages", title: "Verified, a name in four languages", headline: "verified", example: own("names-in-languages.json") },
  { id: "endorsed", title: "Verified, vouched for", headline: "verified", example: own("shown/endorsed.json") },
  { id: "record", title: "Verified, a record with members", headline: "verified", example: own("shown/record.json") },
  { id: "presentation", title: "Verified, a presentation", headline: "verified", example: own("shown/presentation.json") },
  { id: "blind-holder", title: "Verified, without the holder", headline: "verified", attributes: { blind: "holder" }, example: own("results-by-points.json") },
  { id: "blind-issuer", title: "Verified, without holder and issuer", headline: "verified", attributes: { blind: "issuer" }, example: own("results-by-points.json") },
  {
    id: "unconfirmed", title: "Genuine, issuer not confirmed", headline: "genuine-issuer-unconfirmed",
    example: { file: `${FILES}/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json` },
  },
  { id: "picture", title: "Genuine, from a picture", headline: "genuine-issuer-unconfirmed", example: { file: "own/baked-openbadge.png" } },
  { id: "offline", title: "Not fully checked, no requests", headline: "not-fully-checked", example: WAITING },
  { id: "asks", title: "Not fully checked, asks", headline: "not-fully-checked", attributes: { network: "ask" }, example: WAITING },
  { id: "unsupported", title: "Not fully checked, unknown signature", headline: "not-fully-checked", example: { file: "15-blockcerts/mocknet-vc-v2-data-integrity-proof.json" } },
  { id: "revoked", title: "Revoked", headline: "revoked", example: { file: `${FILES}/v1/dataIntegrityProof/didWeb/oidf-revokedStatus-noExpiry.json`, resources: [DCC, DCC_LIST] } },
  { id: "revoked-expired", title: "Revoked and expired", headline: "revoked", example: own("shown/revoked-and-expired.json") },
  { id: "suspended", title: "Suspended", headline: "suspended", example: own("suspended.json") },
  { id: "suspended-expired", title: "Suspended and expired", headline: "suspended", example: own("shown/suspended-and-expired.json") },
  { id: "expired", title: "Expired", headline: "expired", example: { file: `${FILES}/v2/ed25519/didKey/legacy-noStatus-expired.json` } },
  { id: "not-yet-valid", title: "Not yet valid", headline: "not-yet-valid", example: { file: `${FILES}/v2/dataIntegrityProof/didKey/oidf-noStatus-notExpired-notYetValid.json` } },
  { id: "altered", title: "Do not rely: altered", headline: "do-not-rely", example: { file: `${FILES}/v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json` } },
  { id: "unsigned", title: "Do not rely: not signed", headline: "do-not-rely", example: { file: "08-open-badges-3/jff-plugfest/plugfest-3-unsigned.json" } },
  { id: "not-its-key", title: "Do not rely: not its issuer’s key", headline: "do-not-rely", example: own("key-of-somebody-else.json") },
  { id: "unreadable", title: "Not a credential", headline: "unreadable", example: { file: "08-open-badges-3/images-without-credential/mixedRegistry-validStatus-noExpiry.qr.png" } },
  { id: "zone", title: "Nothing yet: a drop zone" },
  { id: "loading", title: "Loading", reading: "never" },
  { id: "consent", title: "Kept elsewhere, asks", attributes: { ...LINKED, network: "ask" } },
  { id: "refused", title: "Kept elsewhere, refused", attributes: LINKED },
  { id: "unreachable", title: "Could not be fetched", reading: "lost" },
];

/**
 * Puts an element into a state.
 * @param {any} element a `<verify-credential>`
 * @param {Case} state
 */
export async function put(element, { attributes = {}, example, reading }) {
  for (const [name, value] of Object.entries({ network: "off", ...attributes })) element.setAttribute(name, value);
  if (reading) element.credential = new Unread(reading);
  if (example) await fill(element, example);
}

/** A file whose bytes do not come: still on their way, or lost. */
class Unread extends Blob {
  /** @param {"never" | "lost"} reading */
  constructor(reading) {
    super();
    this.reading = reading;
  }

  slice() {
    return this;
  }

  /** @returns {Promise<ArrayBuffer>} */
  arrayBuffer() {
    return this.reading === "never" ? new Promise(() => {}) : Promise.reject(new Error("the file is gone"));
  }
}
