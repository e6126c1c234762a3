/**
 * The package's entry. Importing it has no effect, and is safe where there is no DOM; `define.js` is what registers
 * the element.
 */

export { REPORT_VERSION, about, collect, verify } from "./api.js";
export { VerifierStopped } from "./client.js";
export { VerifyCredential } from "./element.js";
export { html } from "./served.js";
