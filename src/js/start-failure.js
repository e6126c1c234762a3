/**
 * Why the verifier did not start, in words for the visitor and for whoever runs the site. The texts of the card are in
 * the core, which is what is missing then.
 */

/** @typedef {"blocked" | "unsupported" | "missing" | "altered" | "unreachable" | "stopped"} Because */

/** The verifier, or a part of it, could not be started. Says nothing about any credential. */
export class StartFailure extends Error {
  name = "StartFailure";

  /**
   * @param {Because} because
   * @param {string} detail what exactly: a file name, a status
   * @param {unknown} [cause]
   */
  constructor(because, detail, cause) {
    super(`${ADVICE[because]} (${detail})`, { cause });
    this.because = because;
  }
}

/**
 * The failed start that an error is, or null. Two copies of this package on one page share their verifier, so it may be
 * an instance of the other copy's class.
 * @param {unknown} error
 * @returns {StartFailure | null}
 */
export function startFailure(error) {
  return error instanceof Error && error.name === "StartFailure" ? /** @type {StartFailure} */ (error) : null;
}

/** @type {Readonly<Record<Because, string>>} */
const ADVICE = {
  blocked:
    "This page’s security policy does not allow WebAssembly. Whoever runs this site: add 'wasm-unsafe-eval' to " +
    "script-src in the Content-Security-Policy.",
  unsupported:
    "This browser is too old for it, or has WebAssembly switched off. Open the page in a current version of Chrome, " +
    "Edge, Firefox or Safari.",
  missing:
    "A part of it is not there. Whoever runs this site: put all files of the package verify-credential into the same " +
    "directory as its script.",
  altered:
    "A part of it is not the file it was published with, and was not used. Whoever runs this site: copy all files of " +
    "one version of verify-credential again, and serve them unchanged.",
  unreachable:
    "A part of it could not be loaded. Try again when you are online. Whoever runs this site: the file must be served by " +
    "http, and connect-src in the Content-Security-Policy must allow its address.",
  stopped: "It stopped too often on this page. Load the page again.",
};
