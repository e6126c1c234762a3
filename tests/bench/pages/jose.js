// jose, which is WebCrypto: the key comes from the token's did:jwk as it would from a resolver, and the times of the
// credential inside are looked at, so that both do what a verifier of VC-JWT must.
import { decodeProtectedHeader, importJWK, jwtVerify } from "jose";

const currentDate = new Date("2026-11-22T12:00:00Z");

export async function start() {}

/** @param {{algorithm: string}} work @param {string} text @returns {Promise<boolean>} */
export async function verify(work, text) {
  try {
    const { alg, kid } = decodeProtectedHeader(text);
    if (alg !== work.algorithm) return false;
    const jwk = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(base64(kid)), (letter) => letter.charCodeAt(0))));
    const { payload } = await jwtVerify(text, await importJWK(jwk, alg), { algorithms: [alg], currentDate });
    const { issuer, validFrom, validUntil } = payload;
    return issuer.id === kid.split("#")[0] && new Date(validFrom) <= currentDate && currentDate < new Date(validUntil);
  } catch {
    return false;
  }
}

function base64(kid) {
  return kid.slice("did:jwk:".length).split("#")[0].replaceAll("-", "+").replaceAll("_", "/");
}
