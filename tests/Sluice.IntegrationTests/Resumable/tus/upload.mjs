// Uploads pseudo-random bytes with tus-js-client, and says what happens, a line of JSON each: how far it is, every answer, every request that broke.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import tus from "tus-js-client";
import { body } from "./body.mjs";

const { endpoint, bytes, chunkBytes } = JSON.parse(process.argv[2]);
const say = (event) => console.log(JSON.stringify(event));
const sha256 = createHash("sha256");

function* hashed() {
  for (const piece of body(bytes)) {
    sha256.update(piece);
    yield piece;
  }
}

const upload = new tus.Upload(Readable.from(hashed(), { objectMode: false }), {
  endpoint,
  uploadSize: bytes,
  chunkSize: chunkBytes,
  metadata: { filename: "body.bin" },
  // Attempts without any progress: a server is away for a second, and on a busy machine for ten.
  retryDelays: Array(240).fill(250),
  // Without an endpoint it can't begin another upload, which it does when the answer to a HEAD is a proxy's 503.
  onUploadUrlAvailable: () => { upload.options.endpoint = null; },
  onProgress: (sent) => say({ sent }),
  onAfterResponse: (request, response) => {
    const offset = response.getHeader("Upload-Offset");
    say({
      method: request.getMethod(),
      status: response.getStatus(),
      offset: offset === undefined ? undefined : Number(offset),
      instance: response.getHeader("X-Instance"),
    });
  },
  onShouldRetry: (error) => {
    const status = error.originalResponse?.getStatus() ?? 0;
    say({ broken: error.causingError?.message ?? `${status}` });
    // What it does by itself.
    return status < 400 || status > 499 || status === 409 || status === 423;
  },
  onSuccess: () => say({ sha256: sha256.digest("hex") }),
  onError: (error) => {
    console.error(error);
    process.exitCode = 1;
  },
});
upload.start();
