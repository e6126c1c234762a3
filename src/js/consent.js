/**
 * What the reader allowed on this page, host by host, until the page goes: nothing is stored. A press in one element
 * counts for all of them, and those that wait for the same host go on.
 */

/**
 * @typedef {"source" | "needs"} Kind A credential named by `src`, or what a check needs: one does not allow the other.
 */

/** @param {Kind} kind @param {string} host */
export function isAllowed(kind, host) {
  return allowed.has(`${kind} ${host}`);
}

/**
 * Notes a press, and wakes whoever waits.
 * @param {Kind} kind
 * @param {string[]} hosts those that were shown beside the button, and no others
 */
export function allow(kind, hosts) {
  for (const host of hosts) allowed.add(`${kind} ${host}`);
  for (const wake of [...waiting]) wake();
}

/**
 * Calls `wake` after every press, until `signal` is aborted.
 * @param {() => void} wake
 * @param {AbortSignal} signal
 */
export function onAllowed(wake, signal) {
  waiting.add(wake);
  signal.addEventListener("abort", () => waiting.delete(wake), { once: true });
}

/** @type {Set<string>} */
const allowed = new Set();
/** @type {Set<() => void>} */
const waiting = new Set();
