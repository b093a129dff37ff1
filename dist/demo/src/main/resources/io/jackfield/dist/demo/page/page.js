import { EchoConnection, byteLength, formatBytes } from "./connection.js";
import { Chat } from "./chat.js";
import { Echo } from "./echo.js";
import { Latency } from "./latency.js";

const MAX_REASON = 123;

const connection = new EchoConnection();
const element = (id) => document.getElementById(id);

function open() {
  connection.open(element("offer").value.split(",").filter(Boolean));
}

function showConnection() {
  const { state } = connection;
  element("state").dataset.state = state;
  // Only a change is news to a screen reader.
  if (element("state").textContent !== state) {
    element("state").textContent = state;
  }
  element("url").textContent = connection.url;
  element("protocol").textContent = connection.protocol || "none";
  element("extensions").textContent = connection.extensions || "none";
  element("connect").textContent = state === "closed" ? "Connect" : "Connect again";
  element("close-form").querySelector("button").disabled = state !== "open";
}

function showTraffic() {
  element("sent").textContent = formatBytes(connection.sent);
  element("received").textContent = formatBytes(connection.received);
  element("messages").textContent = connection.messages.toLocaleString();
}

function close(event) {
  event.preventDefault();
  const code = element("code").value.trim();
  const reason = element("reason").value;
  const allowed = code === "" || code === "1000" || (/^\d{4}$/.test(code) && code >= 3000 && code <= 4999);
  if (!allowed) {
    element("close-result").textContent = `A page may not send ${code}.`;
  } else if (code === "" && reason !== "") {
    element("close-result").textContent = "A reason needs a code.";
  } else if (byteLength(reason) > MAX_REASON) {
    element("close-result").textContent = `The reason has ${byteLength(reason)} bytes, and may have ${MAX_REASON}.`;
  } else if (code === "") {
    connection.close();
  } else {
    connection.close(Number(code), reason);
  }
}

function showClose({ code, reason, wasClean }) {
  const how = wasClean ? "cleanly" : "without a closing handshake";
  const why = reason ? `, reason “${reason}”` : ", no reason";
  element("close-result").textContent = `Closed ${how}. Came back: code ${code}${why}.`;
}

connection.addEventListener("change", showConnection);
connection.addEventListener("close", (event) => {
  showConnection();
  showClose(event.detail);
});
element("connect-form").addEventListener("submit", (event) => {
  event.preventDefault();
  element("close-result").textContent = "";
  open();
});
element("close-form").addEventListener("submit", close);
setInterval(showTraffic, 250);

open();
new Latency(connection);
new Echo(connection);
new Chat();
