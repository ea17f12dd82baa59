// node sample.mjs upload ADDRESS {"file":PATH}: gives a file to the page in docs/samples/browser, and writes what it says of it as JSON.
import { launch } from "./browser.mjs";

const [, , , address, input = "{}"] = process.argv;
const said = [];
let browser;
try {
  browser = await launch();
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`thrown: ${error.message}`));
  await page.goto(address, { waitUntil: "load" });
  const chooser = await page.waitForSelector("#uppy input[type=file]:not([webkitdirectory])");
  await chooser.uploadFile(JSON.parse(input).file);
  await page.waitForSelector("#stored li");
  console.log(JSON.stringify({ stored: await page.$$eval("#stored li", (items) => items.map((item) => item.textContent)), said }));
} catch (error) {
  if (error.code === "no-browser") {
    console.log(JSON.stringify({ noBrowser: error.message }));
  } else {
    console.error(said.join("\n"), error.stack);
    process.exitCode = 1;
  }
} finally {
  await browser?.close().catch(() => {});
}
