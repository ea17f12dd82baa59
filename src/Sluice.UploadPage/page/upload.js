// The page: files come in, wait for their turn and go, by tus-js-client. Nothing else is asked of the server.
import { Ask } from "./ask.js";
import { earlier, earlierOf } from "./earlier.js";
import { Row } from "./row.js";
import { takeKey } from "./server.js";
import { Transfer } from "./transfer.js";
import { summed } from "./words.js";

const at = (id) => document.getElementById(id);
const [drop, choose, picker, list, status, summary, retryFailed, removeDone, chunk, atOnce] =
  ["drop", "choose", "picker", "list", "status", "summary", "retry-failed", "remove-done", "chunk", "at-once"].map(at);

/** Each file in the list, in order, with its row. */
const rows = new Map();

const unfinished = (transfer) => !["done", "gone"].includes(transfer.state);
const those = (state) => [...rows.keys()].filter((transfer) => transfer.state === state);
const count = (state) => those(state).length;
const number = (input) => (input.checkValidity() && input.value ? input.valueAsNumber : Number(input.defaultValue));
const chunkBytes = () => number(chunk) * 1024 * 1024;

// For everybody: a line, which screen readers read out. Progress is not said in it.
function say(text) {
  status.textContent = text;
}

const said = {
  sending: null,
  waiting: null,
  missing: null,
  gone: null,
  paused: (transfer) => `${transfer.name} is paused.`,
  failed: (transfer) => `${transfer.name}: ${transfer.problem}`,
  done: (transfer) => `${transfer.name} is uploaded.`,
};

function changed(transfer, isOther) {
  const row = rows.get(transfer);
  if (!row) {
    return;
  }

  if (!isOther) {
    row.progress();
    return;
  }

  row.render();
  sum();
  const words = said[transfer.state]?.(transfer);
  if (words) {
    say(words);
  }

  if (transfer.needsKey) {
    ask.refused();
  }

  if (transfer.state === "gone") {
    remove(transfer);
  }

  next();
}

// Of many files nobody counts: how they are, and what can be done to several at once.
function sum() {
  summary.textContent = summed(rows.size, count);
  retryFailed.hidden = count("failed") < 2;
  removeDone.hidden = count("done") < 2;
}

function next() {
  if (ask.isOpen) {
    return;
  }

  for (const transfer of rows.keys()) {
    if (count("sending") >= number(atOnce)) {
      return;
    }

    if (transfer.state === "waiting") {
      transfer.start();
    }
  }
}

function show(transfer) {
  const row = new Row(transfer, () => act(transfer), () => (transfer.state === "done" ? remove(transfer) : transfer.cancel()));
  rows.set(transfer, row);
  list.append(row.element);
  at("files").hidden = false;
  sum();
}

// Whoever pressed a button in it goes on at the row that comes after, or where files are chosen.
function remove(transfer) {
  const { element } = rows.get(transfer);
  if (element.contains(document.activeElement)) {
    const neighbour = element.nextElementSibling ?? element.previousElementSibling;
    (neighbour?.querySelector("button:not([hidden])") ?? choose).focus();
  }

  element.remove();
  rows.delete(transfer);
  at("files").hidden = rows.size === 0;
  sum();
}

let wanted = null;

function act(transfer) {
  switch (transfer.state) {
    case "missing":
      wanted = transfer;
      picker.click();
      break;
    case "waiting":
    case "sending":
      transfer.pause();
      break;
    default:
      transfer.resume();
  }
}

const same = (one, other) =>
  one.name === other.name && one.size === other.size && one.type === other.type && one.lastModified === other.lastModified;

async function add(file) {
  if ([...rows.keys()].some((transfer) => transfer.file && unfinished(transfer) && same(transfer.file, file))) {
    say(`${file.name} is already in the list.`);
    return;
  }

  const upload = Transfer.prepare(file, chunkBytes());
  const before = await earlierOf(upload);
  let transfer = before && [...rows.keys()].find((one) => one.state === "missing" && one.url === before.uploadUrl);
  if (before) {
    upload.resumeFromPreviousUpload(before);
  }

  if (!transfer) {
    transfer = new Transfer(file.name, file.size, changed);
    transfer.url = before?.uploadUrl;
    show(transfer);
  }

  if (wanted && wanted !== transfer) {
    say(`${file.name} is not the file that was started as ${wanted.name}: its name, size or date differs. It starts as a new upload.`);
  }

  transfer.take(file, upload);
}

// One after the other: a file that was dropped twice is found to be there.
let adding = Promise.resolve();

function addAll(chosen) {
  for (const file of chosen) {
    adding = adding.then(() => add(file)).catch(() => say(`${file.name} could not be added.`));
  }

  adding = adding.then(() => (wanted = null));
}

choose.addEventListener("click", () => {
  wanted = null;
  picker.click();
});
picker.addEventListener("change", () => {
  addAll([...picker.files]);
  // So that the same file can be chosen again.
  picker.value = "";
});

// Beside the field too: a browser that is left to itself would show the file in place of the page.
addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) {
    drop.classList.remove("over");
  }
});
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
  const folders = items.filter((item) => item.webkitGetAsEntry?.()?.isDirectory);
  if (folders.length) {
    say("Folders cannot be uploaded. Choose the files in them.");
  }

  addAll(items.filter((item) => !folders.includes(item)).map((item) => item.getAsFile()).filter(Boolean));
});

retryFailed.addEventListener("click", () => {
  those("failed").forEach((transfer) => transfer.resume());
  choose.focus();
});
removeDone.addEventListener("click", () => {
  those("done").forEach(remove);
  choose.focus();
});
chunk.addEventListener("change", () => rows.forEach((_, transfer) => (transfer.chunk = chunkBytes())));
atOnce.addEventListener("change", next);

addEventListener("online", () => [...rows.keys()].filter((transfer) => transfer.hasFailedOffline).forEach((transfer) => transfer.resume()));
addEventListener("beforeunload", (event) => {
  if (count("sending")) {
    event.preventDefault();
  }
});

// Speed and time left, once a second: often enough to read.
setInterval(() => rows.forEach((row, transfer) => transfer.state === "sending" && row.render()), 1000);

function look() {
  return Promise.all([...rows.keys()].filter((transfer) => transfer.state === "missing").map((transfer) => transfer.look()));
}

// What was refused for want of the key goes on with it, and so does what was dropped meanwhile.
const ask = new Ask(drop, choose, say, async () => {
  await look();
  [...rows.keys()].filter((transfer) => transfer.needsKey).forEach((transfer) => transfer.resume());
  next();
});

takeKey();
for (const entry of await earlier()) {
  show(Transfer.earlier(entry, changed));
}

await ask.open();
