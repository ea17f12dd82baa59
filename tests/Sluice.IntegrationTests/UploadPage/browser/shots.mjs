// node shots.mjs ADDRESS FOLDER: makes upload-page.png and upload-page-dark.png of the page at an address, with uploads in it. In a copy of this
// folder with its packages, such as the one that the tests leave in artifacts/.
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
  await visit.page.setViewport({ width: 720, height: await visit.page.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height)) });
  for (const [scheme, name] of [["light", "upload-page.png"], ["dark", "upload-page-dark.png"]]) {
    await visit.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    await visit.page.screenshot({ path: join(folder, name), optimizeForSpeed: false });
  }
} finally {
  await visit.end();
  rmSync(files, { recursive: true });
}
