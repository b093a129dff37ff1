// The two independent clients behind one face: open, send, receive in order, close.
import {createRequire} from 'node:module';
import {WebSocket} from 'ws';

const require = createRequire(import.meta.url);
const faye = require('faye-websocket');
const permessageDeflate = require('permessage-deflate');

/** What both clients share: messages wait in a queue until somebody asks for them. */
class Socket {
  #messages = [];
  #waiting = [];
  #ended = null;

  constructor() {
    this.closed = new Promise(resolve => (this.resolveClosed = resolve));
    this.closed.then(({code, reason}) => {
      this.#ended = new Error(`closed with ${code} ${reason}`);
      this.#waiting.splice(0).forEach(({reject}) => reject(this.#ended));
    });
  }

  arrived(data, binary) {
    const message = {data, binary};
    const waiting = this.#waiting.shift();
    if (waiting) {
      waiting.resolve(message);
    } else {
      this.#messages.push(message);
    }
  }

  /** The next message: its bytes, and whether it was a binary one. */
  receive() {
    if (this.#messages.length > 0) {
      return Promise.resolve(this.#messages.shift());
    }
    if (this.#ended) {
      return Promise.reject(this.#ended);
    }
    return new Promise((resolve, reject) => this.#waiting.push({resolve, reject}));
  }
}

class WsSocket extends Socket {
  constructor(url, protocols, options) {
    super();
    this.ws = new WebSocket(url, protocols, options);
    this.opened = new Promise((resolve, reject) => {
      this.ws.on('open', resolve);
      this.ws.on('error', reject);
    });
    this.ws.on('message', (data, binary) => this.arrived(data, binary));
    this.ws.on('close', (code, reason) => this.resolveClosed({code, reason: reason.toString()}));
    this.ws.on('upgrade', response => (this.extensions = response.headers['sec-websocket-extensions'] ?? ''));
  }

  send(bytes, binary) {
    this.ws.send(bytes, {binary});
  }

  /** Sends one message in frames of the given sizes and the rest. */
  sendFragmented(bytes, binary, sizes) {
    let at = 0;
    for (const size of sizes) {
      this.ws.send(bytes.subarray(at, at + size), {binary, fin: false});
      at += size;
    }
    this.ws.send(bytes.subarray(at), {binary, fin: true});
  }

  bytesReceived() {
    return this.ws._socket.bytesRead;
  }

  async close(code = 1000, reason = '') {
    this.ws.close(code, reason);
    return this.closed;
  }
}

class FayeSocket extends Socket {
  constructor(url, protocols, options) {
    super();
    this.ws = new faye.Client(url, protocols, options);
    this.opened = new Promise((resolve, reject) => {
      this.ws.on('open', () => {
        this.extensions = this.ws.headers['sec-websocket-extensions'] ?? '';
        resolve();
      });
      this.ws.on('error', event => reject(new Error(event.message)));
    });
    this.ws.on('message', ({data}) => this.arrived(Buffer.from(data), typeof data !== 'string'));
    this.ws.on('close', ({code, reason}) => this.resolveClosed({code, reason}));
  }

  send(bytes, binary) {
    this.ws.send(binary ? bytes : bytes.toString());
  }

  async close(code = 1000, reason = '') {
    this.ws.close(code, reason);
    return this.closed;
  }
}

export async function connectWs(url, {protocols = [], ...options} = {}) {
  const socket = new WsSocket(url, protocols, {perMessageDeflate: false, maxPayload: 64 << 20, ...options});
  await socket.opened;
  return socket;
}

/** @param deflate the configuration of permessage-deflate, or undefined for a connection without it */
export async function connectFaye(url, {protocols = [], deflate} = {}) {
  const extensions = deflate ? [permessageDeflate.configure(deflate)] : [];
  const socket = new FayeSocket(url, protocols, {extensions});
  await socket.opened;
  return socket;
}
