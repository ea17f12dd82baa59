import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What people see, by sight or otherwise. Each returns what a test looks at. */
export const looks = { look, states, reference };

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
