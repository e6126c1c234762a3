/**
 * What comes to a card once its verdict stands: what draws the rest of it, the link to a page that checks it again, and a
 * report on the clipboard. None of it changes what is true.
 */

import { linkElsewhere } from "./elsewhere.js";

export class Later {
  /** Whether what draws the rest could not be loaded. */
  isLacking = false;
  /** Whether it is being loaded. */
  #isLoading = false;
  /** Link to a page that checks it again. */
  #elsewhere = "";
  /** @type {"" | "done" | "refused"} What came of copying the report. */
  #copied = "";

  /** As the core is told. */
  get options() {
    return { lacking: this.isLacking, elsewhere: this.#elsewhere, copied: this.#copied };
  }

  /** Forgets what belongs to one credential. */
  forget() {
    this.#elsewhere = "";
    this.#copied = "";
  }

  /**
   * Waits for what draws the rest.
   * @param {import("./client.js").Client} client
   */
  async look(client) {
    this.isLacking = !(await client.loadLook());
  }

  /**
   * Loads it, unless that is going on already.
   * @param {import("./client.js").Client} client
   * @returns {Promise<boolean>} whether there is something new to be drawn
   */
  async lookOnce(client) {
    if (this.#isLoading) return false;
    this.#isLoading = true;
    try {
      await this.look(client);
    } finally {
      this.#isLoading = false;
    }
    return true;
  }

  /**
   * Makes the link, which may take longer than the verdict.
   * @param {Uint8Array<ArrayBuffer> | null} bytes of the credential; null where there is to be none
   * @param {string} verifier
   * @param {AbortSignal} signal
   * @returns {Promise<boolean>} whether there is another than before
   */
  async link(bytes, verifier, signal) {
    const link = bytes ? await linkElsewhere(bytes, verifier, document.baseURI) : "";
    if (signal.aborted || link === this.#elsewhere) return false;
    this.#elsewhere = link;
    return true;
  }

  /**
   * Puts the report on the clipboard, where the browser lets this page.
   * @param {import("./types.js").Report} report
   */
  async copy(report) {
    try {
      // A page that is not secure has no clipboard at all.
      await navigator.clipboard.writeText(JSON.stringify(report, null, 2));
      this.#copied = "done";
    } catch {
      this.#copied = "refused";
    }
  }
}
