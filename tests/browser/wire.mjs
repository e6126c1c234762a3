// What lies between the browser and everybody else: a proxy that notes every request and lets through what is for this
// machine alone. Being on the wire, it sees what workers and preloads ask for too, alike in every engine.
//
// For other hosts it ends TLS itself, to learn the address, with a certificate that the driver lets browsers accept.

import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, request as ask } from "node:http";
import { pipeline } from "node:stream";
import { createServer as createTlsServer } from "node:tls";

const WATCH = "/-watch-errors.js";
const META_POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/gi;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** A running proxy, and what it noted. */
export class Wire {
  /** No request gets through. */
  offline = false;
  /** Pages arrive without their Content-Security-Policy. */
  policyLifted = false;
  /** Addresses on this machine where nobody answered. */
  unreached = new Set();
  #addresses = [];
  #failures = [];
  #connected = new Set();
  #asked = new Set();
  #sockets = new Set();
  #server;
  #own;
  #watch;

  /**
   * Starts one on a free port.
   * @param {RegExp} own hosts that the browser asks by itself, which are not noted
   * @param {{watch?: boolean}} [options] `watch`: every page is handed `watchErrors` before all else
   */
  static async start(own, { watch = false } = {}) {
    const wire = new Wire();
    wire.#own = own;
    wire.#watch = watch;
    wire.#server = createServer((request, response) => wire.#pass(request, response));
    const inner = createServer((request, response) => wire.#refuse(`https://${request.headers.host}${request.url}`, response));
    const tls = createTlsServer(certificate(), (socket) => {
      socket.on("error", () => {});
      inner.emit("connection", socket);
    });
    tls.on("tlsClientError", () => {});
    wire.#server.on("connect", (request, socket, head) => {
      socket.on("error", () => {});
      if (!wire.#own.test(request.url)) wire.#connected.add(request.url);
      if (wire.offline) return socket.destroy();
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      if (head.length > 0) socket.unshift(head);
      tls.emit("connection", socket);
    });
    wire.#server.on("connection", (socket) => {
      wire.#sockets.add(socket);
      socket.on("error", () => {}).once("close", () => wire.#sockets.delete(socket));
    });
    await new Promise((ready) => wire.#server.listen(0, "127.0.0.1", ready));
    return wire;
  }

  /** Where it listens, as `host:port`. */
  get address() {
    return `127.0.0.1:${this.#server.address().port}`;
  }

  /** Every address asked for since the last call, in order; at the end hosts that were only connected to, as `//host:port`. */
  takeAddresses() {
    const silent = [...this.#connected].filter((host) => !this.#asked.has(host)).map((host) => `//${host}`);
    const taken = [...this.#addresses, ...silent];
    this.#addresses = [];
    this.#connected.clear();
    this.#asked.clear();
    return taken;
  }

  /** The loads since the last call that were answered with an error, as `404 address`. */
  takeFailures() {
    return this.#failures.splice(0);
  }

  /** Ends it with all connections. */
  close() {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #pass(request, response) {
    const url = new URL(request.url);
    if (!LOOPBACK.test(url.hostname)) return this.#refuse(url.href, response);
    if (url.pathname === WATCH) return response.writeHead(200, { "content-type": "text/javascript" }).end(`(${watchErrors})()`);
    this.#note(url);
    if (this.offline) return request.socket.destroy();
    const { pathname, search, port } = url;
    const onward = ask({ host: url.hostname, port, method: request.method, path: pathname + search, headers: request.headers });
    onward.once("response", (answer) => {
      if (this.policyLifted) delete answer.headers["content-security-policy"];
      if (answer.statusCode >= 400) this.#failures.push(`${answer.statusCode} ${url.href}`);
      const isPage = answer.headers["content-type"]?.startsWith("text/html");
      if (isPage && (this.#watch || this.policyLifted)) return this.#rewrite(answer, response);
      response.writeHead(answer.statusCode, answer.headers);
      pipeline(answer, response, () => {});
    });
    onward.once("error", () => {
      this.unreached.add(url.href);
      request.socket.destroy();
    });
    request.pipe(onward);
  }

  /** Passes a page on, changed as it is to be. */
  async #rewrite(answer, response) {
    let page = (await answer.setEncoding("utf8").toArray()).join("");
    if (this.policyLifted) page = page.replace(META_POLICY, "");
    if (this.#watch) page = page.replace(/^\s*<!doctype html>/i, `$&<script src="${WATCH}"></script>`);
    delete answer.headers["content-length"];
    response.writeHead(answer.statusCode, answer.headers).end(page);
  }

  /** An answer no script may read: what a host without CORS looks like. */
  #refuse(address, response) {
    this.#note(new URL(address));
    response.writeHead(403, { connection: "close" }).end();
  }

  #note(url) {
    this.#asked.add(`${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`);
    // Asked by the browser, for its own window.
    if (url.pathname !== "/favicon.ico" && !this.#own.test(url.hostname)) this.#addresses.push(url.href);
  }
}

/** Runs in the page and keeps what its console would call errors, for engines whose console cannot be read. */
export function watchErrors() {
  const errors = Symbol.for("errors");
  if (globalThis[errors]) return;
  globalThis[errors] = [];
  const keep = (text) => globalThis[errors].push(text);
  addEventListener("error", (event) => keep(event.message ?? `not loaded: ${event.target.src ?? event.target.href}`), true);
  addEventListener("unhandledrejection", ({ reason }) => keep(String(reason)));
  addEventListener("securitypolicyviolation", (event) => {
    keep(`Content Security Policy: ${event.effectiveDirective} forbids ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
  });
  const { error } = console;
  console.error = (...words) => {
    keep(words.join(" "));
    error.apply(console, words);
  };
  document.currentScript?.remove();
}

/** A key and a certificate of its own making: for any name, trusted by nobody who was not told to. */
function certificate() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const der = (tag, ...parts) => {
    const body = Buffer.concat(parts);
    const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
  };
  const sequence = (...parts) => der(0x30, ...parts);
  const text = (tag, value) => der(tag, Buffer.from(value, "latin1"));
  const algorithm = sequence(der(6, Buffer.from("2a8648ce3d040302", "hex"))); // ecdsa-with-SHA256
  const name = sequence(der(0x31, sequence(der(6, Buffer.from("550403", "hex")), text(0x0c, "test"))));
  const validity = sequence(text(0x17, "200101000000Z"), text(0x17, "491231000000Z"));
  const version = der(0xa0, der(2, Buffer.from([2])));
  const key = publicKey.export({ type: "spki", format: "der" });
  const signed = sequence(version, der(2, Buffer.from([1])), algorithm, name, validity, name, key);
  const made = sequence(signed, algorithm, der(3, Buffer.from([0]), sign("sha256", signed, privateKey)));
  const pem = `-----BEGIN CERTIFICATE-----\n${made.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }), cert: pem };
}
