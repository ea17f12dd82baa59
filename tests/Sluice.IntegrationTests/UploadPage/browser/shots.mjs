// node shots.mjs ADDRESS FOLDER: makes the pictures of docs/upload-page.md and docs/failures.md of the page at an address, and of a problem on the
// same server. In a copy of this folder with its packages, such as the one that the tests leave in artifacts/.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomFillSync } from "node:crypto";
import { Visit } from "./visit.mjs";

const [, , address, folder] = process.argv;
const files = mkdtempSync(join(tmpdir(), "sluice-shots-"));
const file = (name, bytes) => {
  const path = join(files, name);
  writeFileSync(path, randomFillSync(Buffer.alloc(bytes)));
  return path;
};
const [film, report, backup] = [file("holiday.mov", 64_000_000), file("report.pdf", 2_400_000), file("backup.tar.zst", 48_000_000)];
const visit = await Visit.begin(address);
try {
  await visit.page.setViewport({ width: 720, height: 690 });
  await visit.open();
  await visit.set("chunk", "2");
  await visit.limit(16_000_000);
  await visit.choose(backup);
  await visit.until("backup.tar.zst", "sending", 0.4);
  await visit.press("backup.tar.zst", "act");
  await visit.page.reload();
  await visit.until("backup.tar.zst", "missing", 0.01);
  await visit.limit(-1);
  await visit.choose(report);
  await visit.until("report.pdf", "done");
  await visit.limit(16_000_000);
  await visit.choose(film);
  await visit.until("holiday.mov", "sending", 0.5);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await shoot("upload-page", 720);

  // Many files on a telephone, of which some failed.
  await visit.limit(-1);
  await visit.page.setRequestInterception(true);
  let [isKeyAsked, posts] = [false, 0];
  visit.page.on("request", (request) => {
    if (isKeyAsked && request.url().endsWith("/files/none")) {
      request.respond({ status: 401 });
    } else if (request.method() === "POST" && ++posts % 4 === 1) {
      request.respond({ status: 413, contentType: "application/problem+json", body: JSON.stringify({ title: "The body is too large", detail: "At most 1 GB." }) });
    } else {
      request.continue();
    }
  });
  await visit.page.evaluate(() => localStorage.clear());
  await visit.open();
  await visit.choose(...Array.from({ length: 12 }, (_, at) => file(`IMG_${2000 + at}.jpg`, 2_000_000 + 91_000 * at)));
  await visit.summary("3 failed");
  await shoot("upload-page-many", 390, 900);

  isKeyAsked = true;
  await visit.open();
  await visit.asked();
  await visit.enter("wrong");
  await shoot("upload-page-key", 720);

  await visit.page.goto(new URL("/api/blobs/upload/report.pdf", address).href);
  await shoot("problem-page", 720);
} finally {
  await visit.end();
  rmSync(files, { recursive: true });
}

// In light and dark, as high as it is if no height is given.
async function shoot(name, width, height) {
  await visit.page.setViewport({ width, height: 400 });
  const high = height ?? (await visit.page.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height)));
  await visit.page.setViewport({ width, height: high });
  for (const [scheme, end] of [["light", ""], ["dark", "-dark"]]) {
    await visit.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    await visit.page.screenshot({ path: join(folder, `${name}${end}.png`), optimizeForSpeed: false });
  }
}
