// Uploads pseudo-random bytes with tus-js-client in parts at once, stops in the middle, goes on with another object, and says every answer, a line of
// JSON each.
import { createHash } from "node:crypto";
import tus from "tus-js-client";
import { body } from "./body.mjs";

const { endpoint, bytes, chunkBytes, parts } = JSON.parse(process.argv[2]);
const say = (event) => console.log(JSON.stringify(event));
const whole = Buffer.concat([...body(bytes)]);

// What a browser keeps in its local storage.
const kept = [];
const urlStorage = {
  findAllUploads: async () => kept,
  findUploadsByFingerprint: async () => kept,
  removeUpload: async () => kept.pop(),
  addUpload: async (fingerprint, upload) => `${kept.push(upload)}`,
};

const options = {
  endpoint,
  chunkSize: chunkBytes,
  parallelUploads: parts,
  urlStorage,
  metadata: { filename: "parallel.bin" },
  metadataForPartialUploads: { filename: "part.bin" },
  onAfterResponse: (request, response) =>
    say({ method: request.getMethod(), status: response.getStatus(), blob: response.getHeader("Content-Location") }),
  onError: (error) => {
    console.error(error);
    process.exitCode = 1;
  },
};

await new Promise((stopped) => {
  const upload = new tus.Upload(whole, {
    ...options,
    onProgress: (sent) => {
      if (kept.length > 0 && sent > bytes / 2) {
        upload.abort().then(stopped);
      }
    },
  });
  upload.start();
});

const upload = new tus.Upload(whole, { ...options, onSuccess: () => say({ sha256: createHash("sha256").update(whole).digest("hex") }) });
upload.resumeFromPreviousUpload((await upload.findPreviousUploads())[0]);
say({ resumed: true });
upload.start();
