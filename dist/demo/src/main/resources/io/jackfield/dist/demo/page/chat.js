const RETRY_AFTER = [500, 1000, 2000, 5000];
const MAX_LINES = 200;

/** The chat: a connection of its own to /chat, which comes back by itself. */
export class Chat {
  #socket = null;
  #id = null;
  #name = sessionStorage.getItem("name") ?? "";
  #failures = 0;

  #state = document.getElementById("chat-state");
  #people = document.getElementById("people");
  #log = document.getElementById("log");
  #problem = document.getElementById("chat-problem");
  #joinForm = document.getElementById("join-form");
  #sayForm = document.getElementById("say-form");
  #nameField = document.getElementById("name");
  #sayField = document.getElementById("say");

  constructor() {
    this.#nameField.value = this.#name;
    this.#joinForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send({ type: "join", name: this.#nameField.value });
    });
    this.#sayForm.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#send({ type: "message", text: this.#sayField.value })) {
        this.#sayField.value = "";
      }
    });
    document.getElementById("rename").addEventListener("click", () => {
      this.#showForm(this.#joinForm);
      this.#nameField.select();
    });
    this.#clearLog();
    this.#connect();
  }

  #connect() {
    const address = new URL("/chat", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address, "chat");
    this.#socket = socket;
    this.#showState("connecting");
    socket.onopen = () => {
      this.#failures = 0;
      this.#showState("open");
      if (this.#name) {
        this.#send({ type: "join", name: this.#name });
      }
    };
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = () => {
      this.#id = null;
      this.#people.replaceChildren();
      this.#showState("closed");
      const delay = RETRY_AFTER[Math.min(this.#failures++, RETRY_AFTER.length - 1)];
      setTimeout(() => this.#connect(), delay);
    };
  }

  #send(message) {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      this.#showProblem("The chat is not connected");
      return false;
    }
    this.#showProblem("");
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #receive(message) {
    switch (message.type) {
      case "welcome":
        this.#welcome(message);
        break;
      case "joined":
        this.#showPeople(message.people);
        this.#addNotice(message.name, " joined");
        break;
      case "renamed":
        this.#showPeople(message.people);
        this.#addNotice(message.name, " has a new name");
        break;
      case "left":
        this.#showPeople(message.people);
        this.#addNotice(message.name, " left");
        break;
      case "message":
        this.#addMessage(message);
        break;
      case "problem":
        this.#showProblem(message.text);
        break;
    }
  }

  #welcome({ id, name, people, messages }) {
    const isNew = this.#id === null;
    this.#id = id;
    this.#name = name;
    this.#nameField.value = name;
    sessionStorage.setItem("name", name);
    this.#showPeople(people);
    if (isNew) {
      this.#clearLog();
      messages.forEach((message) => this.#addMessage(message));
    }
    // Not on a reload or reconnection, when the focus is elsewhere.
    const wasAsked = this.#joinForm.contains(document.activeElement);
    this.#showForm(this.#sayForm);
    if (wasAsked) {
      this.#sayField.focus();
    }
  }

  #showForm(form) {
    this.#joinForm.hidden = form !== this.#joinForm;
    this.#sayForm.hidden = form !== this.#sayForm;
  }

  #showState(state) {
    this.#state.textContent = state;
    this.#state.dataset.state = state;
  }

  #showProblem(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = text === "";
  }

  #showPeople(people) {
    this.#people.replaceChildren(
      ...people.map(({ id, name }) => {
        const item = document.createElement("li");
        item.append(isolated(name), id === this.#id ? " (you)" : "");
        item.classList.toggle("me", id === this.#id);
        return item;
      }),
    );
  }

  #clearLog() {
    const empty = document.createElement("li");
    empty.className = "empty";
    empty.textContent = "Nothing has been said yet.";
    this.#log.replaceChildren(empty);
  }

  #addNotice(name, text) {
    const item = document.createElement("li");
    item.className = "notice";
    item.append(isolated(name), text);
    this.#addLine(item);
  }

  #addMessage({ id, name, text, at }) {
    const item = document.createElement("li");
    const from = document.createElement("span");
    const time = document.createElement("time");
    const date = new Date(at);
    item.className = "message";
    item.classList.toggle("mine", id === this.#id);
    from.className = "from";
    time.dateTime = date.toISOString();
    time.textContent = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    from.append(isolated(id === this.#id ? "You" : name), ", ", time);
    item.append(from, text);
    this.#addLine(item);
  }

  #addLine(item) {
    const log = this.#log;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    log.querySelector(".empty")?.remove();
    log.append(item);
    while (log.children.length > MAX_LINES) {
      log.firstElementChild.remove();
    }
    // One who reads above is left there.
    if (atEnd) {
      log.scrollTop = log.scrollHeight;
    }
  }
}

/** A name as text of its own: its direction of writing does not turn around what stands beside it. */
function isolated(name) {
  const element = document.createElement("bdi");
  element.textContent = name;
  return element;
}
