// node crossorigin.mjs call SERVER {"page":ORIGIN,"folder":PATH,"code":KEY}: a page of another origin calls the API with fetch and XMLHttpRequest,
// and writes what it could see of each answer as JSON.
import { report } from "./browser.mjs";

const [, , , server, input = "{}"] = process.argv;
const { page: origin, folder, code } = JSON.parse(input);
await report(async (browser) => {
  const page = await browser.newPage();
  await page.goto(`${origin}/`, { waitUntil: "load" });
  return page.evaluate(call, new URL(server).origin, folder, code);
});

async function call(server, folder, code) {
  const key = { "x-functions-key": code };
  const seen = {};
  const keep = async (name, answer) => {
    try {
      const { status, headers } = await answer;
      seen[name] = `${status} ${headers.get("etag") ? "etag" : ""} ${headers.get("content-range") ?? ""}`.trim();
    } catch (error) {
      seen[name] = error.name;
    }
  };
  const form = new FormData();
  form.append("file", new Blob(["form"]), "form.txt");
  await keep("put", fetch(`${server}${folder}/a.txt`, { method: "PUT", body: "hello", headers: { ...key, "If-None-Match": "*" } }));
  await keep("put again", fetch(`${server}${folder}/a.txt`, { method: "PUT", body: "hello", headers: { ...key, "If-None-Match": "*" } }));
  await keep("range", fetch(`${server}${folder}/a.txt`, { headers: { ...key, Range: "bytes=1-2" } }));
  await keep("form", fetch(`${server}${folder}`, { method: "POST", body: form, headers: key }));
  await keep("wrong key", fetch(`${server}${folder}/a.txt`, { headers: { "x-functions-key": "wrong" } }));
  await keep("no such route", fetch(`${server}/api/blobs`, { headers: key }));
  await keep("peek", fetch(`${server}/api/peek`, { method: "POST", body: "hello", headers: key }));
  await keep("delete", fetch(`${server}${folder}/a.txt`, { method: "DELETE", headers: key }));
  seen.xhr = await new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `${server}${folder}/b.txt`);
    request.setRequestHeader("x-functions-key", code);
    request.upload.onprogress = () => {};
    request.onload = () => done(`${request.status} ${request.getResponseHeader("Location")}`);
    request.onerror = () => done("error");
    request.send("world");
  });
  return seen;
}
