/** The page's connection to /echo. What is sent comes back in the same order, which is how each echo finds its sender. */
export class EchoConnection extends EventTarget {
  #socket = null;
  #waiting = [];

  sent = 0;
  received = 0;
  messages = 0;

  open(protocols) {
    this.#socket?.close();
    const address = new URL("/echo", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address, protocols);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#waiting = [];
    this.sent = this.received = this.messages = 0;
    socket.onopen = () => this.#tell("change");
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => {
      if (socket === this.#socket) {
        this.#fail(new Error("The connection was closed"));
        this.#tell("close", event);
      }
    };
    this.#tell("change");
  }

  get state() {
    return ["connecting", "open", "closing", "closed"][this.#socket?.readyState ?? WebSocket.CLOSED];
  }

  get url() {
    return this.#socket?.url ?? "";
  }

  get protocol() {
    return this.#socket?.protocol ?? "";
  }

  get extensions() {
    return this.#socket?.extensions ?? "";
  }

  /** Sends a message; resolves to its echo and the milliseconds that it took. */
  send(payload) {
    if (this.state !== "open") {
      return Promise.reject(new Error("The connection is not open"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject, start: performance.now() });
      this.#socket.send(payload);
      this.sent += byteLength(payload);
    });
  }

  /** Throws what the browser throws for a code or reason that it does not send. */
  close(code, reason) {
    this.#socket.close(code, reason);
    this.#tell("change");
  }

  #receive(payload) {
    const end = performance.now();
    this.received += byteLength(payload);
    this.messages += 1;
    const { resolve, start } = this.#waiting.shift();
    resolve({ payload, milliseconds: end - start });
  }

  #fail(error) {
    this.#waiting.forEach(({ reject }) => reject(error));
    this.#waiting = [];
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

const encoder = new TextEncoder();

export function byteLength(payload) {
  return typeof payload === "string" ? encoder.encode(payload).length : payload.byteLength;
}

export function formatBytes(count) {
  const units = ["B", "KiB", "MiB", "GiB"];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}

export function formatMilliseconds(value) {
  const digits = value < 1 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ms`;
}
