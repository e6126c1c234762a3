/**
 * Verifying without an element: in a page, a worker, or Node. The same core, the same bounds, nothing drawn.
 */

import { Client, EngineGone, VerifierStopped } from "./client.js";
import { fetchNeed } from "./fetch.js";
import { credentialData, policyData, readData, resourcesData } from "./source.js";
import { dropEngine, loadEngine, loadLater, loadLent } from "./wasm.js";

/**
 * @typedef {import("./types.js").About} About
 * @typedef {import("./types.js").CredentialInput} CredentialInput
 * @typedef {import("./types.js").Need} Need
 * @typedef {import("./types.js").Options} Options
 * @typedef {import("./types.js").Policy} Policy
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Resources} Resources
 * @typedef {import("./client.js").Permission} Permission
 */

/** The version of the report's shape that this package gives; every report carries it too. */
export const REPORT_VERSION = 1;

/**
 * Verifies one credential. Bad input is a report, not an exception: look at its `headline`.
 *
 * Nothing is put on the network unless `options` say so. On a server think twice: the credential, and so anybody,
 * names the hosts that `network: "auto"` asks, and a public name may lead to a private address. There a `resolver`, or
 * `resources` that were collected before, keep the choice with you.
 * @param {CredentialInput} credential its exact text or bytes, JSON, JWT, PNG or SVG
 * @param {Policy | null} [policy]
 * @param {Resources | string | Uint8Array | null} [resources] documents that need no request
 * @param {Options} [options]
 * @returns {Promise<Report>} rejects with a `TypeError` for arguments that are not understood, with `VerifierStopped`
 *   when the verifier stopped twice, and with the reason of an aborted `signal`
 */
export async function verify(credential, policy, resources, options = {}) {
  return run(await inputOf(credential, policy, resources, options), options, { finish: (report) => report });
}

/**
 * The documents that verifying a credential needs, fetched now, so that it verifies without a network later: as
 * `resources` of `verify` or of the element, or as a file. What could not be had is not in it.
 * @param {CredentialInput} credential
 * @param {Policy | null} [policy]
 * @param {Options} [options] `network` is "auto" here
 * @returns {Promise<Resources>}
 */
export async function collect(credential, policy, options = {}) {
  const readAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  /** @type {Required<Resources>} */
  const resources = { readAt, dids: {}, statusLists: {}, jwks: {}, documents: {} };
  /** @type {Permission["onAnswer"]} */
  const onAnswer = ({ kind, url }, bytes) => {
    try {
      resources[MEMBERS[kind] ?? "documents"][url] = new TextDecoder("utf-8", EXACT).decode(bytes);
    } catch {
      // Not text: nothing that verifies.
    }
  };
  const input = await inputOf(credential, policy, null, options);
  await run(input, { network: "auto", ...options }, { onAnswer, finish: () => null });
  return resources;
}

/**
 * What this version knows: every format, container, suite, algorithm, DID method, status list, schema and check, with a
 * sentence and its specification, out of the tables the verifier itself goes by. Loads a small module of its own.
 * @returns {Promise<About>}
 */
export async function about() {
  const { answer } = await loadLent("about");
  // One text, behind the four bytes of its length.
  return JSON.parse(new TextDecoder().decode(answer(new Uint8Array()).subarray(4)));
}

/**
 * @param {unknown} credential
 * @param {unknown} policy
 * @param {unknown} resources
 * @param {Options} options
 * @returns {Promise<import("./client.js").Input>}
 */
export async function inputOf(credential, policy, resources, options) {
  for (const name of Object.keys(options)) if (!OPTIONS.has(name)) throw new TypeError(`options: ${name} is unknown`);
  if (!NETWORKS.has(options.network)) throw new TypeError('network must be "off" or "auto"');
  const data = credentialData(credential);
  if (!data) throw new TypeError("credential is missing");
  const { bytes, name } = await readData(data);
  return { bytes, name: options.name ?? name, policy: policyData(policy), snapshot: resourcesData(resources) };
}

/**
 * What becomes of the last report, on the instance that all share. Where this credential stopped it, it gets one more try on a fresh one; where
 * another one's did, as many as there are instances.
 * @template T
 * @param {import("./client.js").Input} input
 * @param {Options} options
 * @param {{finish: (report: Report, client: Client) => T | Promise<T>, onAnswer?: Permission["onAnswer"]}} hooks
 * @returns {Promise<T>}
 */
export async function run(input, { network, resolver = null, signal = new AbortController().signal }, { finish, onAnswer }) {
  const permission = { mayFetch: () => network === "auto", resolver, signal, onAnswer };
  /** @type {unknown} */
  let stop;
  for (let stops = 0; stops <= RETRIES; ) {
    signal.throwIfAborted();
    const client = new Client(MEANS);
    try {
      const { report, snapshotRead } = await client.open(input);
      if (!snapshotRead) throw new TypeError("resources are not understood");
      const last = await client.settle(report, permission);
      signal.throwIfAborted();
      return await finish(last, client);
    } catch (error) {
      if (error instanceof VerifierStopped) {
        stop = error;
        stops += 1;
      } else if (!(error instanceof EngineGone)) throw signal.aborted ? error : (stop ?? error);
    } finally {
      client.close();
    }
  }
  throw stop;
}

const RETRIES = 1;

const EXACT = { fatal: true, ignoreBOM: true };

/** @type {Readonly<Record<string, "statusLists" | "jwks">>} */
const MEMBERS = { "status-list": "statusLists", jwks: "jwks" };

const OPTIONS = new Set(["network", "resolver", "signal", "name"]);

/** @type {ReadonlySet<unknown>} */
const NETWORKS = new Set([undefined, "off", "auto"]);

/** @type {import("./client.js").Means} */
const MEANS = { loadEngine, dropEngine, loadLater, fetchNeed, clock: () => Math.floor(Date.now() / 1000) };
