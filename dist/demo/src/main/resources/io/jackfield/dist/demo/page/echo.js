import { byteLength, formatBytes, formatMilliseconds } from "./connection.js";

const MAX_ECHOES = 5;
/** The most that crypto.getRandomValues fills at once. */
const MAX_RANDOM = 65_536;

/** Sends text and bytes, and shows whether they came back as they went. */
export class Echo {
  #connection;
  #list = document.getElementById("echoes");

  constructor(connection) {
    this.#connection = connection;
    document.getElementById("text-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = document.getElementById("text").value;
      this.#send(text, `“${text}”`, (echo) => echo === text);
    });
    document.getElementById("binary-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const input = document.getElementById("file");
      const [file] = input.files;
      const bytes = file ? new Uint8Array(await file.arrayBuffer()) : randomBytes(document.getElementById("size").value);
      input.value = "";
      this.#send(bytes, file ? file.name : "random bytes", (echo) => sameBytes(bytes, echo));
    });
  }

  async #send(payload, name, isSame) {
    const item = document.createElement("li");
    const show = (time, verdict, style) => {
      item.replaceChildren(
        cell("what", `${name}, ${formatBytes(byteLength(payload))}`),
        cell("time", time),
        cell(style, verdict),
      );
    };
    try {
      const { payload: echo, milliseconds } = await this.#connection.send(payload);
      const same = isSame(echo);
      show(formatMilliseconds(milliseconds), same ? "✓ identical" : "✗ differs", same ? "same" : "differs");
    } catch (error) {
      show("", error.message, "differs");
    }
    this.#list.prepend(item);
    while (this.#list.children.length > MAX_ECHOES) {
      this.#list.lastElementChild.remove();
    }
  }
}

function cell(style, text) {
  const span = document.createElement("span");
  span.className = style;
  span.textContent = text;
  return span;
}

function randomBytes(length) {
  const bytes = new Uint8Array(Number(length));
  for (let start = 0; start < bytes.length; start += MAX_RANDOM) {
    crypto.getRandomValues(bytes.subarray(start, start + MAX_RANDOM));
  }
  return bytes;
}

function sameBytes(bytes, echo) {
  if (!(echo instanceof ArrayBuffer) || echo.byteLength !== bytes.length) {
    return false;
  }
  const other = new Uint8Array(echo);
  return bytes.every((byte, index) => byte === other[index]);
}
