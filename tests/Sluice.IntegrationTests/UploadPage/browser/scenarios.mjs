import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const slow = 12_000_000;

/** What people do. Each returns what a test looks at. */
export const scenarios = { resume, offline, cancel, key, ask, revoked, problem, look, states, many, reference };

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

// What it looks like, with a list of files that go nowhere: to those who see badly, on a telephone, and by light and dark.
async function look(visit, { files }) {
  await visit.page.setRequestInterception(true);
  visit.page.on("request", (request) => {
    if (request.method() === "POST") {
      request.respond({ status: 500 });
    } else {
      request.continue();
    }
  });
  const found = [];
  const checked = [];
  const widths = [];
  for (const scheme of ["light", "dark"]) {
    await visit.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    await visit.open();
    await visit.page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));
    await visit.choose(...files);
    await visit.page.waitForFunction((count) => document.querySelectorAll("#list > li").length === count, {}, files.length);
    await visit.press(basename(files[0]), "act");
    for (const width of [320, 820]) {
      await visit.page.setViewport({ width, height: 900 });
      widths.push(await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth));
      await audit(visit, `${scheme}, ${width}`, { found, checked });
    }
  }

  // By keyboard alone: everything that can be pressed is reached, in the order that it is read.
  const reached = [];
  await visit.page.evaluate(() => document.activeElement.blur());
  for (let presses = 0; presses < 40; presses++) {
    await visit.page.keyboard.press("Tab");
    const at = await visit.page.evaluate(() => {
      const { activeElement: active, body } = document;
      return active === body ? null : active.id || active.innerText.replace(/\s+/g, " ");
    });
    if (at === null) {
      break;
    }

    reached.push(at);
  }

  return { found, checked: [...new Set(checked)], widths, reached };
}

// What else there is to see: nothing yet, a file on its way, files that failed, a key that is asked for, and the page of a problem.
async function states(visit, { files }) {
  let mode = "empty";
  const answers = {
    failed: { status: 413, contentType: "application/problem+json", body: JSON.stringify({ title: "The body is too large", detail: "At most 1 MB." }) },
    asking: { status: 401, headers: { "WWW-Authenticate": "Bearer" } },
  };
  await visit.page.setRequestInterception(true);
  visit.page.on("request", (request) => {
    const isPlayed = mode === "asking" ? request.url().endsWith("/files/none") : request.method() === "POST";
    if (!isPlayed) {
      request.continue();
    } else if (mode in answers) {
      // A file on its way gets no answer.
      request.respond(answers[mode]);
    }
  });
  const shown = {
    empty: () => visit.open(),
    busy: async () => {
      await visit.open();
      await visit.choose(...files);
      await visit.until(basename(files[0]), "sending");
    },
    failed: async () => {
      await visit.open();
      await visit.choose(...files);
      await visit.until(basename(files.at(-1)), "failed");
    },
    asking: async () => {
      await visit.open();
      await visit.asked();
      await visit.enter("wrong");
    },
    problem: () => visit.page.goto(new URL("/api/nothing", visit.address).href, { waitUntil: "load" }),
  };
  const result = { found: [], checked: [], titles: [], widths: [] };
  for (const scheme of ["light", "dark"]) {
    await visit.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    for (const state of Object.keys(shown)) {
      mode = state;
      await shown[state]();
      for (const width of [1600, 1000, 390]) {
        await visit.page.setViewport({ width, height: 900 });
        result.widths.push(await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth));
      }

      result.titles.push(await visit.page.title());
      await audit(visit, `${scheme}, ${state}`, result);
    }
  }

  return { ...result, checked: [...new Set(result.checked)] };
}

// Everything of WCAG 2.2 AA that a program can find.
async function audit(visit, where, { found, checked }) {
  await visit.page.evaluate(axe);
  const { violations, passes } = await visit.page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  checked.push(...passes.map(({ id }) => id));
  found.push(...violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(" ")}`));
}

// The reference of the API, which is not ours: only that it is whole, and at home.
async function reference(visit) {
  await visit.page.goto(new URL("/api/docs/", visit.address).href, { waitUntil: "networkidle0" });
  await visit.page.waitForSelector(".opblock");
  return {
    title: await visit.page.title(),
    operations: await visit.page.$$eval(".opblock-summary-path", (all) => all.map((path) => path.dataset.path)),
    errors: await visit.page.$$eval(".errors-wrapper", (all) => all.length),
  };
}
