import { hasKey } from "./server.js";
import { percent, size, time } from "./words.js";

const template = document.getElementById("row");

// The first button, by state.
const verbs = { missing: "Choose the file", waiting: "Pause", sending: "Pause", paused: "Resume", failed: "Retry" };

/** A file in the list. Names are set as text, never as markup. */
export class Row {
  #transfer;
  #parts;

  /**
   * @param transfer The file on its way.
   * @param onAct Called when the first button is pressed: what it does depends on the state.
   * @param onDrop Called when it is to be cancelled, or removed from the list.
   */
  constructor(transfer, onAct, onDrop) {
    this.#transfer = transfer;
    this.element = template.content.firstElementChild.cloneNode(true);
    const find = (selector) => this.element.querySelector(selector);
    this.#parts = {
      progress: find("progress"), state: find(".state"), act: find(".act"), drop: find(".drop"), size: find(".size"),
      actVerb: find(".act .verb"), dropVerb: find(".drop .verb"),
    };
    find(".name").textContent = transfer.name;
    // Buttons are told apart by whom they act on.
    this.element.querySelectorAll(".unseen").forEach((hidden) => (hidden.textContent = ` ${transfer.name}`));
    this.#parts.progress.setAttribute("aria-label", `Progress of ${transfer.name}`);
    this.#parts.act.addEventListener("click", onAct);
    this.#parts.drop.addEventListener("click", onDrop);
    this.render();
  }

  /** What changes many times a second. */
  progress() {
    const { sent, size: whole, state } = this.#transfer;
    this.#parts.progress.value = whole ? sent / whole : state === "done" ? 1 : 0;
  }

  render() {
    const { state, size: whole } = this.#transfer;
    this.element.dataset.state = state;
    this.progress();
    this.#parts.size.textContent = size(whole);
    this.#parts.act.hidden = !(state in verbs);
    this.#parts.actVerb.textContent = verbs[state] ?? "";
    this.#parts.dropVerb.textContent = state === "done" ? "Remove" : "Cancel";
    this.#parts.state.replaceChildren(...this.#words());
  }

  #words() {
    const { state, sent, size: whole, problem, retryIn, rate, blob } = this.#transfer;
    const speed = rate.perSecond();
    const share = `${percent(sent, whole)}, ${size(sent)}`;
    switch (state) {
      case "missing":
        return [problem || `${sent ? share : "Started earlier"} · choose the file again to resume`];
      case "waiting":
        return [sent ? `${share} · waiting` : "Waiting"];
      case "sending":
        return [
          retryIn !== null
            ? `${share} · interrupted, retrying${retryIn ? ` in ${time(retryIn)}` : ""}`
            : speed ? `${share} · ${size(speed)}/s · ${time((whole - sent) / speed)} left` : share,
        ];
      case "paused":
        return [`${share} · paused`];
      case "failed":
        return [sent ? `${problem} Sent: ${share}.` : problem];
      default:
        return blob ? ["Done: ", link(blob)] : ["Done"];
    }
  }
}

// A link carries no header: where a key is needed, the address alone is of use.
function link(blob) {
  const path = decoded(blob.pathname);
  if (hasKey()) {
    return path;
  }

  const anchor = document.createElement("a");
  anchor.href = blob.href;
  anchor.textContent = path;
  return anchor;
}

function decoded(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
