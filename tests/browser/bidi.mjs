// WebDriver BiDi over a WebSocket, as far as the driver needs it: commands and their answers, no events.

import { randomBytes } from "node:crypto";
import { request } from "node:http";

/** A connection to a browser's BiDi address. */
export class Bidi {
  #socket;
  #pending = new Map();
  #received = Buffer.alloc(0);
  #message = [];
  #last = 0;

  /** @param {string} address the session's `webSocketUrl` */
  static async connect(address) {
    const bidi = new Bidi();
    const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": 13, "sec-websocket-key": randomBytes(16).toString("base64") };
    bidi.#socket = await new Promise((ready, failed) => {
      request(address.replace(/^ws:/, "http:"), { headers }).once("upgrade", (_, socket, head) => {
        if (head.length > 0) socket.unshift(head);
        ready(socket);
      }).once("response", ({ statusCode }) => failed(new Error(`${address}: ${statusCode}`))).once("error", failed).end();
    });
    bidi.#socket.on("data", (bytes) => bidi.#take(bytes));
    bidi.#socket.once("close", () => bidi.#end()).on("error", () => {});
    return bidi;
  }

  /** Sends a command and returns its result. @param {string} method @param {object} params */
  send(method, params) {
    const id = this.#last += 1;
    this.#write(1, Buffer.from(JSON.stringify({ id, method, params })));
    return new Promise((done, failed) => this.#pending.set(id, { done, failed }));
  }

  /** Ends the connection. */
  close() {
    this.#socket.destroy();
  }

  #end() {
    for (const { failed } of this.#pending.values()) failed(new Error("the browser ended the connection"));
    this.#pending.clear();
  }

  /** One frame; a client's are masked. */
  #write(kind, body) {
    const { length } = body;
    const wide = Buffer.alloc(8);
    wide.writeBigUInt64BE(BigInt(length));
    const [mark, size] = length < 126 ? [length, 0] : length < 65_536 ? [126, 2] : [127, 8];
    const mask = randomBytes(4);
    const head = [Buffer.from([0x80 | kind, 0x80 | mark]), wide.subarray(8 - size), mask];
    this.#socket.write(Buffer.concat([...head, body.map((byte, index) => byte ^ mask[index % 4])]));
  }

  #take(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (let frame = this.#nextFrame(); frame; frame = this.#nextFrame()) {
      const kind = frame.first & 15;
      if (kind === 9) this.#write(10, frame.body);
      if (kind > 2) continue;
      this.#message.push(frame.body);
      if (frame.first & 0x80) this.#heed(JSON.parse(Buffer.concat(this.#message.splice(0)).toString()));
    }
  }

  /** The next frame if all of it is there; a server's are not masked. */
  #nextFrame() {
    const [first, length] = this.#received;
    const head = length < 126 ? 2 : length === 126 ? 4 : 10;
    if (this.#received.length < head) return null;
    const size = head === 2 ? length : head === 4 ? this.#received.readUInt16BE(2) : Number(this.#received.readBigUInt64BE(2));
    if (this.#received.length < head + size) return null;
    const body = this.#received.subarray(head, head + size);
    this.#received = this.#received.subarray(head + size);
    return { first, body };
  }

  #heed({ id, result, error, message }) {
    const waiting = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) waiting?.done(result);
    else waiting?.failed(new Error(`${error}: ${message}`));
  }
}
