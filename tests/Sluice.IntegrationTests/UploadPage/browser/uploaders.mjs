// node uploaders.mjs SCENARIO SERVER [JSON]: a page of another origin uploads with what pages use for it, set up by the code in docs/clients.md, and
// writes what came of it as JSON.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { report } from "./browser.mjs";

const [, , name, address, input = "{}"] = process.argv;
const { page: origin, folder, code, secure, docs } = JSON.parse(input);
const inPage = (scenario) => ({ page }) => page.evaluate(scenario);
const scenarios = { uppy: inPage(uppy), filepond: inPage(filepond), dropzone: inPage(dropzone), stream: inPage(stream), reload };
await report(async (browser) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const session = await page.createCDPSession();
  await session.send("Security.setIgnoreCertificateErrors", { ignore: true });
  const libraries = bundle();
  const open = async () => {
    await page.goto(`${origin}/`, { waitUntil: "load" });
    await page.addScriptTag({ content: libraries });
    await page.evaluate(prepare, { server: new URL(address).origin, secure, folder, code, samples: samples() });
  };
  await open();
  return scenarios[name]({ page, session, open });
});

function bundle() {
  const contents = `
    import Uppy from "@uppy/core";
    import GoldenRetriever from "@uppy/golden-retriever";
    import Tus from "@uppy/tus";
    import XHRUpload from "@uppy/xhr-upload";
    import Dropzone from "dropzone";
    import * as FilePond from "filepond";
    Object.assign(window, { Uppy, GoldenRetriever, Tus, XHRUpload, Dropzone, FilePond });`;
  const resolveDir = dirname(fileURLToPath(import.meta.url));
  return buildSync({ stdin: { contents, resolveDir }, bundle: true, write: false, logLevel: "error" }).outputFiles[0].text;
}

// The code of the page, by the heading that it is under.
function samples() {
  const found = {};
  for (const [, heading, sample] of readFileSync(docs, "utf8").matchAll(/^#### (.+)\n(?:(?!^#|^```)[^\n]*\n)*```js\n([\s\S]*?)^```/gm)) {
    found[heading] = sample.replaceAll("/api/blobs/uploads", folder);
  }

  return found;
}

// What the scenarios share.
function prepare({ server, secure, folder, code, samples }) {
  const key = { "x-functions-key": code };
  /** The objects that the code under a heading declares. */
  const set = (heading, names, key = code) => new Function("server", "key", `${samples[heading]}; return { ${names} };`)(server, key);
  const file = (name, bytes, type = "text/plain") => new File([Uint8Array.from({ length: bytes }, (_, at) => at % 251)], name, { type });
  /** Reads a blob as the page does, and says whether it is a file, and of which type. */
  const read = async (location, sent) => {
    const answer = await fetch(new URL(location, server), { headers: key });
    const [stored, whole] = [new Uint8Array(await answer.arrayBuffer()), new Uint8Array(await sent.arrayBuffer())];
    const same = stored.length === whole.length && stored.every((byte, at) => byte === whole[at]);
    return `${answer.status} ${answer.headers.get("content-type")} ${same ? "same" : "different"}`;
  };
  const place = () => document.body.appendChild(document.createElement("div"));
  Object.assign(window, { at: { server, secure, folder, key }, set, file, read, place });
}

async function uppy() {
  const seen = {};
  for (const [heading, bytes] of [["Uppy, a form", 1000], ["Uppy, one request for each file", 1000], ["Uppy, resumable", 2_500_000]]) {
    const { uppy, blobs } = set(heading, "uppy, blobs: typeof blobs === 'undefined' ? new Map() : blobs");
    const sent = file("from uppy.txt", bytes);
    uppy.addFile({ name: sent.name, type: sent.type, data: sent });
    const { successful, failed } = await uppy.upload();
    const location = blobs.get(successful[0]?.uploadURL) ?? successful[0]?.uploadURL;
    seen[heading] = location ? await read(location, sent) : failed[0]?.error;
  }

  // What it says of a refusal.
  const { uppy } = set("Uppy, a form", "uppy", "wrong");
  uppy.addFile({ name: "a.txt", data: file("a.txt", 10) });
  const refused = new Promise((done) => uppy.on("upload-error", (_, error, answer) => done(`${answer?.status} ${JSON.parse(answer?.responseText).title}`)));
  await uppy.upload().catch(() => {});
  seen.refused = await refused;
  return seen;
}

// The page is left in the middle of an upload and opened again, where nobody chooses the file again or presses anything.
async function reload({ page, session, open }) {
  const bytes = 6_000_000;
  const heading = "Uppy, after a reload";
  const requests = [];
  page.on("request", (request) => requests.push({ method: request.method(), offset: Number(request.headers()["upload-offset"]) }));
  const limit = (uploadThroughput) =>
    session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await session.send("Network.enable");
  await limit(3_000_000);
  const halfway = page.waitForResponse((answer) => answer.request().method() === "PATCH" && Number(answer.headers()["upload-offset"]) > bytes / 3);
  await page.evaluate(
    (heading, bytes) => {
      const { uppy } = set(heading, "uppy");
      uppy.addFile({ name: "reload.txt", type: "text/plain", data: file("reload.txt", bytes) });
      uppy.upload();
    },
    heading,
    bytes,
  );
  await Promise.all([halfway, page.waitForFunction(isKept, { polling: 50 })]);

  const before = requests.length;
  await open();
  await limit(-1);
  const seen = await page.evaluate(
    async (heading, bytes) => {
      const { uppy, blobs } = set(heading, "uppy, blobs");
      const { successful, failed } = await new Promise((done) => uppy.on("complete", done));
      const location = blobs.get(successful[0]?.uploadURL);
      return location ? read(location, file("reload.txt", bytes)) : failed[0]?.error;
    },
    heading,
    bytes,
  );
  return {
    [heading]: seen,
    uploads: requests.filter(({ method }) => method === "POST").length,
    continued: requests.slice(before).find(({ method }) => method === "PATCH").offset,
  };
}

// Whether Golden Retriever has the file.
function isKept() {
  return new Promise((done) => {
    const open = indexedDB.open("uppy-blobs");
    open.onsuccess = () => {
      const files = open.result.transaction("files").objectStore("files").count();
      files.onsuccess = () => done(files.result === 1);
      open.result.close();
    };
  });
}

async function filepond() {
  const seen = {};
  // The third has no bytes left for the last chunk that it sends.
  for (const [heading, bytes] of [["FilePond, a form", 1000], ["FilePond, resumable", 2_500_000], ["FilePond, resumable", 2 * 1024 * 1024]]) {
    const { options, blobs } = set(heading, "options, blobs: typeof blobs === 'undefined' ? new Map() : blobs");
    const pond = FilePond.create(place(), { ...options, instantUpload: false });
    const sent = file("from filepond.txt", bytes);
    await pond.addFile(sent);
    const processed = await pond.processFile().catch((error) => error);
    const location = blobs.get(processed.serverId) ?? processed.serverId;
    seen[`${heading}, ${bytes}`] = location ? await read(location, sent) : `${processed.error?.code} ${processed.error?.body}`;
    if (bytes === 1000) {
      await pond.removeFile(0, { revert: true });
      seen.reverted = `${pond.getFiles().length} ${await read(location, sent)}`;
    }

    pond.destroy();
  }

  const pond = FilePond.create(place(), { ...set("FilePond, a form", "options", "wrong").options, instantUpload: false });
  await pond.addFile(file("a.txt", 10));
  const { error } = await pond.processFile().catch((error) => error);
  seen.refused = `${error.code} ${error.body}`;
  return seen;
}

async function dropzone() {
  const seen = {};
  const upload = (options, sent) =>
    new Promise((done) => {
      const zone = new Dropzone(place(), { ...options, clickable: false });
      zone.on("success", (file, answer) => done({ file, answer, status: file.xhr.status }));
      zone.on("error", (file, answer) => done({ file, answer, status: file.xhr?.status }));
      zone.addFile(sent);
    });

  const form = file("from dropzone.txt", 1000);
  const asForm = await upload(set("Dropzone, a form", "options").options, form);
  seen.form = await read(asForm.answer.files[0].location, form);

  const put = file("put by dropzone.txt", 1000);
  const asBody = await upload(set("Dropzone, one request for each file", "options").options, put);
  seen.put = await read(`${at.folder}/${asBody.answer.name}`, put);

  const large = file("large.txt", 2_500_000);
  const asTus = await upload(set("Dropzone, resumable", "options").options, large);
  seen.tus = await read(asTus.file.blob, large);

  // By its own protocol.
  const chunked = await upload({ ...set("Dropzone, a form", "options").options, chunking: true, chunkSize: 1000 }, file("chunks.txt", 3000));
  seen.chunks = `${chunked.status} ${JSON.parse(chunked.answer).detail}`;

  const refused = await upload(set("Dropzone, a form", "options", "wrong").options, file("a.txt", 10));
  seen.refused = `${refused.status} ${JSON.parse(refused.answer).title}`;
  return seen;
}

async function stream() {
  const seen = {};
  const { put } = set("fetch with a stream", "put");
  for (const [name, server] of [["HTTP/2", at.secure], ["HTTP/1.1", at.server]]) {
    const sent = file("stream.bin", 300_000);
    try {
      const answer = await put(server, `${name.replace("/", "-")}.bin`, sent.stream());
      seen[name] = await read(answer.headers.get("location"), sent);
    } catch (error) {
      seen[name] = error.name;
    }
  }

  return seen;
}
