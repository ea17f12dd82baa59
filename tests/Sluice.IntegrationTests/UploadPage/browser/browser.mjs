// A browser on any machine. On Linux it is the one of @sparticuz/chromium, which needs nothing but glibc: its libraries and fonts come along.
// Elsewhere it is the Chrome that is installed.
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import puppeteer from "puppeteer-core";
import { extract } from "tar-fs";

const here = dirname(fileURLToPath(import.meta.url));

/** Writes what came of a visit as JSON, and { noBrowser } where there is no browser. */
export async function report(visit) {
  let browser;
  try {
    browser = await launch();
    console.log(JSON.stringify(await visit(browser)));
  } catch (error) {
    if (error.code === "no-browser") {
      console.log(JSON.stringify({ noBrowser: error.message }));
    } else {
      console.error(error.stack);
      process.exitCode = 1;
    }
  } finally {
    await browser?.close().catch(() => {});
  }
}

/** Starts one; throws with code "no-browser" where there is none. */
export async function launch() {
  // Root, which has no sandbox, is what many a machine that builds is.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"];
  // One with a viewer for PDF, which the one of the package has not.
  if (process.env.SLUICE_CHROMIUM) {
    return puppeteer.launch({ executablePath: process.env.SLUICE_CHROMIUM, args });
  }

  if (process.platform === "linux" && process.arch === "x64") {
    const folder = await unpacked();
    return puppeteer.launch({
      executablePath: join(folder, "chromium"),
      headless: "shell",
      args,
      env: { ...process.env, LD_LIBRARY_PATH: join(folder, "lib"), FONTCONFIG_FILE: join(folder, "fonts.conf"), HOME: folder },
    });
  }

  try {
    return await puppeteer.launch({ channel: "chrome", args });
  } catch (error) {
    throw Object.assign(error, { code: "no-browser" });
  }
}

// Where no version control and no build looks, and renamed once complete: several tests may begin at once.
async function unpacked() {
  const folder = join(here, "node_modules", ".chromium");
  if (existsSync(folder)) {
    return folder;
  }

  const incomplete = `${folder}.${process.pid}`;
  const packed = (file) => join(here, "node_modules", "@sparticuz", "chromium", "bin", file);
  mkdirSync(incomplete);
  await pipeline(createReadStream(packed("chromium.br")), createBrotliDecompress(), createWriteStream(join(incomplete, "chromium"), { mode: 0o755 }));
  for (const file of ["al2023.tar.br", "fonts.tar.br"]) {
    await pipeline(createReadStream(packed(file)), createBrotliDecompress(), extract(incomplete));
  }

  writeFileSync(join(incomplete, "fonts.conf"), `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`);
  try {
    renameSync(incomplete, folder);
  } catch (error) {
    rmSync(incomplete, { recursive: true });
    if (!existsSync(folder)) {
      throw error;
    }
  }

  return folder;
}
