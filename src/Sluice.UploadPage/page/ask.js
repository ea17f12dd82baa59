// What opens uploads: a server with keys is asked first, so that nobody chooses files in vain.
import { canSend, check, hasKey, useKey } from "./server.js";
import { refusesKey } from "./words.js";

const at = (id) => document.getElementById(id);
const [card, form, title, label, key, send, problem] = ["ask", "ask-form", "ask-title", "ask-label", "key", "ask-send", "ask-problem"].map(at);

/** The card that asks for a key. It takes the place of the field for files until the server accepts one. */
export class Ask {
  #drop;
  #choose;
  #say;
  #onOpened;
  #isChecking = false;
  #takesTokens = false;

  /**
   * @param drop The field for files.
   * @param choose Where somebody goes on who has entered the key.
   * @param say Says why nothing can be uploaded at all.
   * @param onOpened Called whenever the server accepts what is sent to it.
   */
  constructor(drop, choose, say, onOpened) {
    [this.#drop, this.#choose, this.#say, this.#onOpened] = [drop, choose, say, onOpened];
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#enter();
    });
    at("forget-key").addEventListener("click", (event) => {
      event.target.blur();
      useKey("");
      this.open();
    });
  }

  /** Whether it asks now, or is about to. */
  get isOpen() {
    return this.#isChecking || !card.hidden;
  }

  /** Asks the server, and for a key if it requires one. */
  async open() {
    const answer = await check();
    if (refusesKey(answer.status, answer.type)) {
      this.#show(answer);
    } else {
      await this.#opened(answer);
    }
  }

  /** An upload was refused for want of another key. */
  async refused() {
    if (this.isOpen) {
      return;
    }

    this.#isChecking = true;
    const answer = await check();
    this.#isChecking = false;
    // A key of one function in Azure may open the question and not the upload.
    this.#show(refusesKey(answer.status, answer.type) ? answer : { status: 401, takesTokens: answer.takesTokens });
  }

  async #enter() {
    const text = key.value.trim();
    if (!text || !canSend(text)) {
      this.#complain(text ? "This is no key: it has characters that cannot be sent." : "Enter a key.");
      return;
    }

    send.disabled = true;
    useKey(text);
    const answer = await check();
    send.disabled = false;
    if (refusesKey(answer.status, answer.type)) {
      this.#show(answer);
    } else if (answer.status === 0 || answer.status === 429 || answer.status >= 500) {
      // Nobody knows yet whether it is right.
      useKey("");
      this.#complain(
        answer.status === 0 ? "The server could not be reached. Try again."
        : answer.status === 429 ? "Too many requests. Wait, then try again."
        : `The server could not check the key (${answer.status}). Try again.`);
    } else {
      await this.#opened(answer);
      this.#choose.focus();
    }
  }

  #show({ status, takesTokens }) {
    // Not every refusal says so again.
    this.#takesTokens ||= takesTokens === true;
    const kind = this.#takesTokens ? "key or token" : "key";
    title.textContent = `This server requires a ${kind}`;
    label.textContent = this.#takesTokens ? "Key or bearer token" : "Key";
    const isFirst = !hasKey();
    [card.hidden, this.#drop.hidden, at("key-in-use").hidden] = [false, true, true];
    this.#complain(
      isFirst ? ""
      : status === 403 ? `This ${kind} does not open uploads. It needs the scope "files".`
      : `The server does not accept this ${kind}. Enter another one.`);
    // It would be sent again after a reload.
    useKey("");
  }

  #complain(text) {
    problem.textContent = text;
    key.setAttribute("aria-invalid", text !== "");
    if (document.activeElement === document.body || card.contains(document.activeElement)) {
      key.focus();
      key.select();
    }
  }

  #opened({ type, text }) {
    [card.hidden, this.#drop.hidden, at("key-in-use").hidden] = [true, false, !hasKey()];
    key.value = "";
    this.#complain("");
    if (type === "urn:sluice:problem:resumable-off") {
      this.#say(text);
    }

    return this.#onOpened();
  }
}
