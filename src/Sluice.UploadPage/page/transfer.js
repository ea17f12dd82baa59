import { Upload } from "tus-js-client/lib/browser/index.js";
import { ask, forget } from "./earlier.js";
import { Rate } from "./rate.js";
import { files, headers } from "./server.js";
import { refusal } from "./words.js";

const delays = [0, 1000, 3000, 5000, 10_000, 20_000];

/**
 * One file on its way. Its state is one of
 *   missing  begun earlier, and the file must be chosen again
 *   waiting  for its turn
 *   sending  which includes waiting for the next attempt
 *   paused, failed, done, gone
 */
export class Transfer {
  state = "waiting";
  sent = 0;
  problem = "";
  /** Set while it waits for the next attempt: in how many seconds that is. */
  retryIn = null;
  /** Where the blob is, if the server says so. */
  blob = null;
  rate = new Rate();

  #upload = null;
  #changed;
  #refused = null;

  /** @param changed Called with this, and with whether its state is another. */
  constructor(name, size, changed) {
    this.name = name;
    this.size = size;
    this.#changed = changed;
  }

  /** What was begun earlier, as tus-js-client has stored it. */
  static earlier(entry, changed) {
    const transfer = new Transfer(entry.metadata?.filename ?? "File", entry.size ?? 0, changed);
    transfer.state = "missing";
    transfer.url = entry.uploadUrl;
    return transfer;
  }

  /** An upload of a file, not started yet. */
  static prepare(file, chunk) {
    return new Upload(file, {
      endpoint: files,
      headers,
      metadata: { filename: file.name, ...(file.type ? { filetype: file.type } : {}) },
      chunkSize: chunk,
      retryDelays: delays,
      removeFingerprintOnSuccess: true,
    });
  }

  /** Gets its file, and waits for its turn. */
  take(file, upload) {
    this.file = file;
    this.#upload = upload;
    Object.assign(upload.options, {
      onProgress: (sent) => this.#progress(sent),
      onUploadUrlAvailable: () => (this.url = upload.url),
      onAfterResponse: (request, response) => this.#answered(request, response),
      onShouldRetry: (error, attempt) => this.#mayRetry(error, attempt),
      onError: (error) => this.#failed(error),
      onSuccess: ({ lastResponse }) => this.#succeeded(lastResponse),
    });
    this.#become("waiting");
  }

  set chunk(bytes) {
    if (this.#upload) {
      this.#upload.options.chunkSize = bytes;
    }
  }

  /** Whether it failed for want of another key. */
  get needsKey() {
    return this.state === "failed" && this.#refused.needsKey;
  }

  get hasFailedOffline() {
    return this.state === "failed" && this.#refused?.status === 0;
  }

  start() {
    this.rate.reset();
    this.#become("sending");
    this.#upload.start();
  }

  pause() {
    this.#upload.abort();
    this.#become("paused");
  }

  /** After a pause or a failure it waits for its turn like any other. */
  resume() {
    this.#become("waiting");
  }

  /** Stops it and has the server drop what it has. */
  async cancel() {
    await this.#upload?.abort();
    this.#become("gone");
    if (this.url) {
      await forget(this.url);
      // Where that fails, the server drops it by itself, later.
      await Upload.terminate(this.url, { headers, retryDelays: delays.slice(0, 3) }).catch(() => {});
    }
  }

  /** Asks how much of an upload the server has that was begun earlier. */
  async look() {
    const { status, offset } = await ask(this.url);
    if (this.state !== "missing") {
      return;
    }

    if (status === 404 || status === 410 || (status === 200 && offset === this.size)) {
      await forget(this.url);
      this.sent = status === 200 ? offset : 0;
      this.#become(status === 200 ? "done" : "gone");
    } else {
      this.sent = Number.isNaN(offset) ? this.sent : offset;
      this.problem = status === 401 || status === 403 ? refusal({ getStatus: () => status, getHeader: () => null }).text : "";
      this.#become("missing");
    }
  }

  // Left to itself, tus-js-client takes any answer to HEAD that is no success for "begin again", and forgets what the server has: after a
  // wrong key, too, or while the server restarts. Only these two mean it.
  #answered(request, response) {
    const status = response.getStatus();
    this.#refused = null;
    if (request.getMethod() === "HEAD" && status >= 300 && ![404, 410, 423].includes(status)) {
      throw Object.assign(new Error("refused"), { response });
    }
  }

  #mayRetry(error, attempt) {
    const { status } = refusal(response(error));
    const may = status === 0 ? navigator.onLine !== false : status >= 500 || [409, 423, 429].includes(status);
    if (may) {
      this.rate.reset();
      this.retryIn = delays[attempt] / 1000;
      this.#become("sending");
    }

    return may;
  }

  #progress(sent) {
    this.retryIn = null;
    this.sent = sent;
    this.rate.add(sent);
    this.#changed(this, false);
  }

  #failed(error) {
    // What is no answer and no connection is a mistake of the browser or of ours: the file was changed or removed, for one.
    this.#refused = error.originalRequest ? refusal(response(error)) : { status: -1, needsKey: false, text: "The browser could not read the file." };
    this.problem = this.#refused.text;
    this.#become("failed");
  }

  #succeeded(last) {
    this.sent = this.size;
    this.blob = blobOf(last, this.size);
    this.#become("done");
  }

  #become(state) {
    this.state = state;
    if (state !== "sending") {
      this.retryIn = null;
    }

    this.#changed(this, true);
  }
}

function response(error) {
  return error.originalResponse ?? error.causingError?.response ?? null;
}

// The Location of the answer to POST is that of the upload; to the last PATCH, and to HEAD, it can only be that of the blob.
function blobOf(last, size) {
  const address = last.getHeader("Content-Location") ?? (size > 0 ? last.getHeader("Location") : null);
  if (!address || !URL.canParse(address, files)) {
    return null;
  }

  const url = new URL(address, files);
  return ["http:", "https:"].includes(url.protocol) ? url : null;
}
