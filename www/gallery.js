/**
 * The gallery: one row per credential. Files stand below tests/vectors/, where their origin and licence are noted.
 * `resources` names entries of the offline map; an entry that is left out stands for a host that does not answer.
 */

/**
 * @typedef {object} About
 * @property {string} title
 * @property {string} see what the visitor should see, and why
 * @property {string} headline the report's headline, which the page's own test compares
 * @property {string} origin who published it, under which licence
 * @typedef {import("./vectors.js").Example & About} Row
 */

const ANDAMIO = "did:web:credentials.andamio.io";
const ANDAMIO_LIST = "https://credentials.andamio.io/status/key-epoch-2026-07.json";
const DCC = "did:web:digitalcredentials.github.io:vc-test-fixtures:dids:oidf";
const DCC_LISTS = "https://digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020";
const DCC_FILES = "08-open-badges-3/dcc-vc-test-fixtures";
const FROM_ANDAMIO = "Andamio, a real issuer; Apache-2.0";
const FROM_DCC = "Digital Credentials Consortium, test credential; MIT";
const OWN = "did:web:issuer.example";
const OWN_LIST = "https://issuer.example/status/suspension";
const OWN_MAP = "own/offline-map.json";
const FROM_US = "This project’s own test issuer; MIT or Apache-2.0";
const FROM_JFF = "Jobs for the Future, plugfest badge; W3C licence";

/** @type {readonly Row[]} */
export const ROWS = [
  {
    file: "08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json",
    title: "A badge from a real issuer",
    see: "Verified. The key is published by credentials.andamio.io, and the issuer’s list says it is not suspended.",
    headline: "verified",
    origin: FROM_ANDAMIO,
    resources: [ANDAMIO, ANDAMIO_LIST],
  },
  {
    file: "08-open-badges-3/andamio/baked-svg/203e63f457e0b808.77547ab066d5.svg",
    title: "An SVG image with the badge inside",
    see: "Verified. The image was baked by the issuer; what it shows is decoration, what it carries is signed.",
    headline: "verified",
    origin: FROM_ANDAMIO,
    resources: [ANDAMIO, ANDAMIO_LIST],
  },
  {
    file: `${DCC_FILES}/v1/ed25519/didWeb/oidf-noStatus-noExpiry.json`,
    title: "A domain that many share",
    see: "Verified. The domain is named with its path: many people publish below digitalcredentials.github.io.",
    headline: "verified",
    origin: FROM_DCC,
    resources: [DCC],
  },
  {
    file: "08-open-badges-3/jff-plugfest/plugfest-2-signed.json",
    title: "A genuine badge by nobody we can name",
    see: "Genuine, but the issuer is not confirmed. The name is only what the issuer calls itself.",
    headline: "genuine-issuer-unconfirmed",
    origin: FROM_JFF,
  },
  {
    file: "own/baked-openbadge.png",
    title: "A PNG image with the badge inside",
    see: "Genuine, but the issuer is not confirmed. This project baked a real test badge into the image.",
    headline: "genuine-issuer-unconfirmed",
    origin: "Digital Credentials Consortium, test credential; MIT. The image is this project’s.",
  },
  {
    file: `${DCC_FILES}/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json`,
    title: "A course with its framework",
    see: "Genuine, but the issuer is not confirmed. Opened, the card names the frameworks the course is aligned to.",
    headline: "genuine-issuer-unconfirmed",
    origin: FROM_DCC,
  },
  {
    file: `${DCC_FILES}/v1/dataIntegrityProof/didWeb/oidf-validStatus-noExpiry.json`,
    title: "A status list that is out of reach",
    see: "Not fully checked. It is intact; whether it was revoked needs a list that was not fetched.",
    headline: "not-fully-checked",
    origin: FROM_DCC,
    resources: [DCC],
  },
  {
    file: `${DCC_FILES}/v2/ed25519/didWeb/badDidWeb.json`,
    title: "An issuer that cannot be found",
    see: "Not fully checked. The issuer’s key document does not exist, so nobody can tell who signed.",
    headline: "not-fully-checked",
    origin: FROM_DCC,
  },
  {
    file: `${DCC_FILES}/v2/ed25519/didKey/legacy-tamperedStatus-noExpiry.json`,
    title: "A status list that was altered",
    see: "Not fully checked. The credential is intact, but the list that should say whether it was revoked is not.",
    headline: "not-fully-checked",
    origin: FROM_DCC,
    resources: [`${DCC_LISTS}/tampered`],
  },
  {
    file: "15-blockcerts/mocknet-vc-v2-data-integrity-proof.json",
    title: "A kind of signature we cannot check",
    see: "Not fully checked. Its proof is anchored in a blockchain, which this verifier does not read.",
    headline: "not-fully-checked",
    origin: "Blockcerts, test credential; MIT",
  },
  {
    file: `${DCC_FILES}/v1/dataIntegrityProof/didWeb/oidf-revokedStatus-noExpiry.json`,
    title: "A degree that was withdrawn",
    see: "Revoked. The signature is good; the issuer’s list says that it no longer counts.",
    headline: "revoked",
    origin: FROM_DCC,
    resources: [DCC, `${DCC_LISTS}/e5WK8CbZ1GjycuPombrj`],
  },
  {
    file: "own/results-by-points.json",
    title: "What the holder can do, and how well",
    see: "Verified. A place on a ladder is shown because the order of its levels was signed. Our own test issuer signed it.",
    headline: "verified",
    origin: FROM_US,
    resources: [OWN],
    map: OWN_MAP,
  },
  {
    file: "own/suspended.json",
    title: "A badge that is suspended",
    see: "Suspended. No independent example is published, so our own test issuer signed this one.",
    headline: "suspended",
    origin: FROM_US,
    resources: [OWN, OWN_LIST],
    map: OWN_MAP,
  },
  {
    file: `${DCC_FILES}/v2/ed25519/didKey/legacy-noStatus-expired.json`,
    title: "A badge whose time is over",
    see: "Expired on 1 January 2011.",
    headline: "expired",
    origin: FROM_DCC,
  },
  {
    file: `${DCC_FILES}/v2/dataIntegrityProof/didKey/oidf-noStatus-notExpired-notYetValid.json`,
    title: "A badge from the future",
    see: "Not yet valid: it begins on 1 January 2099.",
    headline: "not-yet-valid",
    origin: FROM_DCC,
  },
  {
    file: `${DCC_FILES}/v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json`,
    title: "A badge that was altered",
    see: "Do not rely on this. Its name was changed after signing; its claims are hidden until you ask.",
    headline: "do-not-rely",
    origin: FROM_DCC,
  },
  {
    file: "08-open-badges-3/jff-plugfest/plugfest-3-unsigned.json",
    title: "A badge that nobody signed",
    see: "Do not rely on this. Without a signature anybody could have written it.",
    headline: "do-not-rely",
    origin: FROM_JFF,
  },
  {
    file: "08-open-badges-3/images-without-credential/mixedRegistry-validStatus-noExpiry.qr.png",
    title: "A picture of a badge",
    see: "Not a credential we can read. A QR code, like a screenshot, only looks like one.",
    headline: "unreadable",
    origin: FROM_DCC,
  },
];
