// Uploads that were begun in this browser and are not finished: what tus-js-client keeps of them in localStorage.
import { defaultOptions } from "tus-js-client/lib/browser/index.js";
import { files, headers } from "./server.js";

const storage = defaultOptions.urlStorage;

/** Those of this server, the newest first. */
export async function earlier() {
  return (await storage.findAllUploads()).filter(ours).sort(newest);
}

/** The newest of those that a file may continue. */
export async function earlierOf(upload) {
  return (await upload.findPreviousUploads()).filter(ours).sort(newest)[0];
}

/** Forgets an upload. */
export async function forget(url) {
  for (const entry of await storage.findAllUploads()) {
    if (entry.uploadUrl === url) {
      await storage.removeUpload(entry.urlStorageKey);
    }
  }
}

/** Asks the server how far an upload has come: { status, offset }. */
export async function ask(url) {
  try {
    const response = await fetch(url, { method: "HEAD", headers: { ...headers, "Tus-Resumable": "1.0.0" }, cache: "no-store" });
    return { status: response.status, offset: Number.parseInt(response.headers.get("Upload-Offset") ?? "", 10) };
  } catch {
    return { status: 0, offset: NaN };
  }
}

// The same origin may have other pages that use tus.
function ours(entry) {
  return typeof entry.uploadUrl === "string" && entry.uploadUrl.startsWith(`${files}/`);
}

function newest(one, other) {
  return (Date.parse(other.creationTime) || 0) - (Date.parse(one.creationTime) || 0);
}
