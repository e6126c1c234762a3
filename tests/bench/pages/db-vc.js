// The Digital Bazaar stack, used as its documentation says. Key documents come from memory, so that resolving a did:key
// costs it nothing; contexts too, as parsed objects.
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite as ecdsaRdfc2019 } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import { Ed25519Signature2020 } from "@digitalbazaar/ed25519-signature-2020";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as eddsaRdfc2022 } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { verifyCredential } from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";

const now = new Date("2026-11-22T12:00:00Z");
let contexts;

export async function start() {
  contexts = await (await fetch("/bench/contexts.json")).json();
}

/** @param {{suite: string, listUrl?: string}} work @param {string} text @param {string} [list] @returns {Promise<boolean>} */
export async function verify(work, text, list) {
  const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document: find(url, work, list) });
  const suite = suiteFor(work.suite);
  const credential = JSON.parse(text);
  const result = await verifyCredential({ credential, suite, documentLoader, now, ...(list && { checkStatus }) });
  // What is contained in a record is verified only where somebody asks.
  for (const member of credential.credentialSubject.verifiableCredential ?? []) {
    if (!(await verifyCredential({ credential: member, suite, documentLoader, now })).verified) return false;
  }
  // A status that was read counts as verified, whatever it says.
  return result.verified && !result.statusResult?.results?.some(({ status }) => status !== false);
}

function suiteFor(name) {
  if (name === "Ed25519Signature2020") return new Ed25519Signature2020();
  if (name === "ecdsa-rdfc-2019") return new DataIntegrityProof({ cryptosuite: ecdsaRdfc2019 });
  const cryptosuite = name === "eddsa-jcs-2022" ? createVerifyCryptosuite() : eddsaRdfc2022;
  return new DataIntegrityProof({ cryptosuite });
}

function find(url, work, list) {
  if (url in contexts) return contexts[url];
  if (url === work.listUrl) return JSON.parse(list);
  const [did, key] = url.split("#");
  const id = did.slice("did:key:".length);
  if (!url.startsWith("did:key:")) throw new Error(`nothing is known of ${url}`);
  const is2020 = work.suite === "Ed25519Signature2020";
  const method = {
    "@context": is2020 ? "https://w3id.org/security/suites/ed25519-2020/v1" : "https://w3id.org/security/multikey/v1",
    id: `${did}#${id}`, type: is2020 ? "Ed25519VerificationKey2020" : "Multikey", controller: did, publicKeyMultibase: id,
  };
  if (key) return method;
  return { "@context": ["https://www.w3.org/ns/did/v1"], id: did, assertionMethod: [method.id], verificationMethod: [method] };
}
