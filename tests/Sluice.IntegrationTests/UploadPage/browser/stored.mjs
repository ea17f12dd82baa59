// node stored.mjs SCENARIO ORIGIN [JSON]: opens stored blobs in a browser that has something to lose, and writes what came of it as JSON.
import { report } from "./browser.mjs";

const [, , name, address, input = "{}"] = process.argv;
const origin = new URL(address).origin;
const scenarios = { attack, show };
let browser;
await report((opened) => {
  browser = opened;
  return scenarios[name](JSON.parse(input));
});

// A tab of somebody who used the upload page with a key. Whatever asks for "canary.invalid" has run, or was loaded by what was stored.
async function begin(code) {
  const page = await browser.newPage();
  const session = await browser.target().createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "deny" });
  const seen = { leaks: [], host: "" };
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.hostname === "canary.invalid") {
      seen.leaks.push(`${url.pathname}${url.search} ${request.headers().referer ?? ""}`);
      request.abort();
    } else if (url.pathname === "/host-of-frames") {
      request.respond({ contentType: "text/html", body: seen.host });
    } else {
      request.continue();
    }
  });
  // The page asks the server whether it needs a key. A request that is under way when the tab goes elsewhere may count as one that never ends.
  const asked = page.waitForResponse((answer) => answer.url().endsWith("/api/files/none"));
  await page.goto(`${origin}/api/upload?code=${encodeURIComponent(code)}`, { waitUntil: "load" });
  await (await asked).text();
  await page.evaluate(() => {
    localStorage.setItem("secret", "of-the-origin");
    document.cookie = "secret=of-the-origin";
  });
  return { page, seen };
}

// Opens each blob in the tab, then in a frame of a page of the same origin. Says what ran, and what it got hold of.
async function attack({ code, paths }) {
  const results = {};
  for (const [name, path] of Object.entries(paths)) {
    const { page, seen } = await begin(code);
    const url = `${origin}${path}?code=${encodeURIComponent(code)}`;
    const downloaded = await page.goto(url, { waitUntil: "load" }).then(() => false, (error) => error.message.includes("ERR_ABORTED"));
    await page.waitForNetworkIdle({ idleTime: 300 });
    const title = await page.title();

    seen.host = `<!doctype html><title>host</title><iframe src="${url}"></iframe>`;
    await page.goto(`${origin}/host-of-frames`, { waitUntil: "load" });
    await page.waitForNetworkIdle({ idleTime: 300 });
    results[name] = { downloaded, title, host: await page.title(), leaks: [...new Set(seen.leaks)] };
    await page.close();
  }

  return results;
}

// Stores samples of what people look at, opens each, and says whether it is seen.
async function show({ code, folder }) {
  const { page } = await begin(code);
  const samples = { ...(await drawn(page)), "a.wav": ["audio/wav", wav()], "a.pdf": ["application/pdf", pdf()], "a.txt": ["text/plain", Buffer.from("plain")], "a.json": ["application/json", Buffer.from('{"a":1}')], "a.svg": ["image/svg+xml", svg()] };
  const results = {};
  for (const [name, [type, body]] of Object.entries(samples)) {
    const put = await fetch(`${origin}${folder}/${name}`, { method: "PUT", body, headers: { "Content-Type": type, "x-functions-key": code } });
    if (put.status !== 201) {
      throw new Error(`${name}: ${put.status} ${await put.text()}`);
    }

    results[name] = await look(`${origin}${folder}/${name}?code=${encodeURIComponent(code)}`);
  }

  const host = await begin(code);
  host.seen.host = `<!doctype html><img src="${folder}/a.svg?code=${encodeURIComponent(code)}"><img src="${folder}/a.png?code=${encodeURIComponent(code)}">`;
  await host.page.goto(`${origin}/host-of-frames`, { waitUntil: "load" });
  return { results, embedded: await host.page.$$eval("img", (all) => all.map((one) => one.naturalWidth)), viewer: await page.evaluate(() => navigator.pdfViewerEnabled) };
}

async function look(url) {
  const page = await browser.newPage();
  try {
    await page.goto(url, { waitUntil: "load" });
    // A page without scripts waits for none of ours either: its media are looked at from outside.
    for (let looks = 0; ; looks++) {
      const found = await page.evaluate(() => {
        const image = document.images[0];
        const media = document.querySelector("video, audio");
        return { type: document.contentType, text: document.body?.innerText ?? "", image: image?.naturalWidth ?? 0, media: media ? media.duration || 0 : null, video: media?.videoWidth ?? 0, error: media?.error?.message };
      });
      if (found.media !== 0 || looks === 100) {
        return { ...found, red: found.type === "application/pdf" ? await red(page) : 0 };
      }

      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } catch (error) {
    return { downloaded: error.message.includes("ERR_ABORTED") };
  } finally {
    await page.close();
  }
}

// How many red points there are to be seen. A viewer takes its time.
async function red(page) {
  const canvas = await browser.newPage();
  for (let looks = 0; ; looks++) {
    const points = await canvas.evaluate(async (picture) => {
      const image = new Image();
      image.src = `data:image/png;base64,${picture}`;
      await image.decode();
      const { width, height } = image;
      const drawing = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      drawing.drawImage(image, 0, 0);
      const { data } = drawing.getImageData(0, 0, width, height);
      return data.filter((value, at) => at % 4 === 0 && value > 200 && data[at + 1] < 60 && data[at + 2] < 60).length;
    }, await page.screenshot({ encoding: "base64" }));
    if (points > 0 || looks === 60) {
      return points;
    }

    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

// Images and videos of the browser's own making.
async function drawn(page) {
  const made = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
    const drawing = canvas.getContext("2d");
    const base64 = async (blob) => btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(""));
    const all = {};
    drawing.fillRect(0, 0, 64, 48);
    for (const type of ["image/png", "image/jpeg", "image/webp"]) {
      all[`a.${type.slice(6)}`] = [type, await base64(await new Promise((made) => canvas.toBlob(made, type)))];
    }

    for (const type of ["video/webm;codecs=vp8", "video/mp4;codecs=vp9"]) {
      const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: type });
      const parts = [];
      recorder.ondataavailable = (event) => parts.push(event.data);
      const stopped = new Promise((stopped) => (recorder.onstop = stopped));
      recorder.start();
      for (let frame = 0; frame < 12; frame++) {
        drawing.fillStyle = `rgb(${frame * 20}, 0, 0)`;
        drawing.fillRect(0, 0, 64, 48);
        await new Promise((next) => setTimeout(next, 60));
      }

      recorder.stop();
      await stopped;
      all[`a.${type.slice(6).split(";")[0]}`] = [type.split(";")[0], await base64(new Blob(parts))];
    }

    return all;
  });
  return Object.fromEntries(Object.entries(made).map(([name, [type, base64]]) => [name, [type, Buffer.from(base64, "base64")]]));
}

function wav() {
  const bytes = Buffer.alloc(44 + 8000);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + 8000, 4);
  bytes.write("WAVEfmt ", 8);
  [[16, 16, 4], [1, 20, 2], [1, 22, 2], [8000, 24, 4], [8000, 28, 4], [1, 32, 2], [8, 34, 2]].forEach(([value, at, length]) => bytes.writeUIntLE(value, at, length));
  bytes.write("data", 36);
  bytes.writeUInt32LE(8000, 40);
  return bytes;
}

function pdf() {
  const content = "1 0 0 rg 0 0 200 200 re f";
  return Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
trailer<</Root 1 0 R>>
`);
}

function svg() {
  return Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" style="fill:red"/></svg>');
}
