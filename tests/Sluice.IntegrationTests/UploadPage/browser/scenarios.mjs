import { basename } from "node:path";
import { looks } from "./looks.mjs";

const slow = 12_000_000;

/** What people do. Each returns what a test looks at. */
export const scenarios = { resume, offline, cancel, key, ask, revoked, unsure, problem, many, ...looks };

// A file goes halfway, is paused, and goes on after a reload.
async function resume(visit, { file }) {
  const name = basename(file);
  await visit.open();
  await visit.set("chunk", "4");
  await visit.limit(slow);
  await visit.choose(file);
  await visit.until(name, "sending", 0.3);
  await visit.press(name, "act");
  const paused = await visit.until(name, "paused");
  const sentBefore = visit.of("PATCH").length;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const sentWhilePaused = visit.of("PATCH").length - sentBefore;

  await visit.page.reload({ waitUntil: "load" });
  const missing = await visit.until(name, "missing", 0.01);
  await visit.set("chunk", "4");
  await visit.limit(-1);
  const before = visit.requests.length;
  const [chooser] = await Promise.all([visit.page.waitForFileChooser(), visit.press(name, "act")]);
  await chooser.accept([file]);
  const done = await visit.until(name, "done");
  const after = visit.requests.slice(before);
  return {
    paused, sentWhilePaused, missing, done,
    posts: visit.of("POST").length,
    continuedAt: Number(after.find((request) => request.method === "PATCH").headers["upload-offset"]),
    link: await visit.page.$eval("#list a", (link) => link.getAttribute("href")).catch(() => null),
    status: await visit.status(),
    kept: Object.keys((await visit.stored()).local),
  };
}

// The network goes and comes back, and nobody presses anything.
async function offline(visit, { file }) {
  const name = basename(file);
  await visit.open();
  await visit.set("chunk", "4");
  await visit.limit(slow);
  await visit.choose(file);
  await visit.until(name, "sending", 0.2);
  await visit.limit(0, true);
  const failed = await visit.until(name, "failed");
  await visit.limit(-1);
  const done = await visit.until(name, "done");
  return { failed, done, posts: visit.of("POST").length };
}

// A file goes halfway, and is not wanted any more.
async function cancel(visit, { file }) {
  const name = basename(file);
  await visit.open();
  await visit.set("chunk", "4");
  await visit.limit(slow);
  await visit.choose(file);
  await visit.until(name, "sending", 0.2);
  // A request that the page has given up may still be on its way, and take the upload over: then the page asks again.
  const deleted = visit.page.waitForResponse((response) => response.request().method() === "DELETE" && response.status() !== 409);
  await visit.press(name, "drop");
  const answer = await deleted;
  return { status: answer.status(), url: answer.url(), rows: await visit.rows(), kept: Object.keys((await visit.stored()).local) };
}

// The key is in the link; then it is forgotten, another is typed in, which is wrong, and the right one again.
async function key(visit, { file, code }) {
  const name = basename(file);
  await visit.open(`?code=${encodeURIComponent(code)}`);
  const opened = await visit.stored();
  await visit.choose(file);
  await visit.until(name, "done");
  const { local, session } = await visit.stored();

  await visit.press(name, "drop");
  await visit.page.$eval("#settings", (settings) => (settings.open = true));
  await visit.page.click("#forget-key");
  const forgotten = await visit.asked();
  const refused = await visit.enter("wrong");
  await visit.choose(file);
  const waiting = await visit.until(name, "waiting");
  await visit.enter(code);
  const done = await visit.until(name, "done");
  return { address: opened.address, session, kept: JSON.stringify(local), forgotten, refused, waiting, done, ...sent(visit) };
}

// Nobody has a key at first; one that is wrong is typed in, and then one that is right, which lasts longer than a reload.
async function ask(visit, { file, wrong, right }) {
  const name = basename(file);
  await visit.open();
  const asked = await visit.asked();
  const refused = [];
  for (const text of wrong) {
    refused.push(await visit.enter(text));
  }

  const session = (await visit.stored()).session;
  await visit.enter(right);
  const accepted = await visit.asking();
  await visit.choose(file);
  const done = await visit.until(name, "done");
  await visit.page.reload({ waitUntil: "networkidle0" });
  const after = await visit.stored();
  return { asked, refused, session, accepted, done, reloaded: await visit.asking(), after, ...sent(visit) };
}

// The server can't say whether a key is right; then it can, and takes no uploads.
async function unsure(visit) {
  const answers = [
    { status: 401 }, { status: 429 }, { status: 503 }, null,
    { status: 404, contentType: "application/problem+json", body: JSON.stringify({ type: "urn:sluice:problem:resumable-off", title: "Off", detail: "On purpose." }) },
  ];
  await visit.page.setRequestInterception(true);
  visit.page.on("request", (request) => {
    if (!request.url().endsWith("/files/none")) {
      request.continue();
    } else if (answers[0]) {
      request.respond(answers.shift());
    } else {
      answers.shift();
      request.abort();
    }
  });
  await visit.open();
  await visit.asked();
  const said = [];
  while (answers.length > 1) {
    said.push((await visit.enter("some")).text);
  }

  const { session } = await visit.stored();
  return { said, session, accepted: await visit.enter("some"), status: await visit.status() };
}

// An upload is refused for its key, which was good enough before. The server is played here, as below.
async function revoked(visit, { file }) {
  const name = basename(file);
  let isRefused = true;
  await visit.page.setRequestInterception(true);
  visit.page.on("request", (request) =>
    isRefused && request.method() === "POST" ? request.respond({ status: 401 }) : request.continue(),
  );
  await visit.open();
  await visit.choose(file);
  const failed = await visit.until(name, "failed");
  const asked = await visit.asked();
  isRefused = false;
  await visit.enter("another");
  return { failed, asked, done: await visit.until(name, "done"), ...sent(visit) };
}

// Many files, of which some fail at first.
async function many(visit, { files }) {
  const refused = new Set(files.slice(0, 3).map((file) => Buffer.from(basename(file)).toString("base64")));
  await visit.page.setRequestInterception(true);
  visit.page.on("request", (request) => {
    const isRefused = request.method() === "POST" && [...refused].some((name) => request.headers()["upload-metadata"].includes(name));
    return isRefused ? request.respond({ status: 415 }) : request.continue();
  });
  await visit.open();
  await visit.choose(...files);
  const summaries = [await visit.summary("3 failed")];
  refused.clear();
  await visit.page.click("#retry-failed");
  summaries.push(await visit.summary(`${files.length} uploaded`));
  await visit.page.click("#remove-done");
  return { summaries, rows: await visit.rows(), focused: await visit.page.evaluate(() => document.activeElement.id) };
}

// With which keys uploads were asked for, and at which addresses.
function sent(visit) {
  const own = visit.requests.filter((request) => request.url.includes("/files"));
  return {
    keys: [...new Set(own.map(({ headers }) => headers.authorization ?? headers["x-functions-key"] ?? ""))],
    urls: visit.requests.map((request) => request.url),
  };
}

// The server refuses, in its own words. It is played here: what a server refuses is for its own tests.
async function problem(visit, { file, status, type = "urn:x", title, detail }) {
  const name = basename(file);
  await visit.page.setRequestInterception(true);
  visit.page.on("request", (request) =>
    request.method() === "POST"
      ? request.respond({ status, contentType: "application/problem+json", body: JSON.stringify({ type, title, detail, status }) })
      : request.continue(),
  );
  await visit.open();
  await visit.choose(file);
  return {
    failed: await visit.until(name, "failed"),
    status: await visit.status(),
    markup: await visit.page.$$eval("#list b, #status b", (all) => all.length),
    asking: await visit.asking(),
  };
}
