// node examples.mjs SECRET: writes GitHub's example payloads as GitHub delivers them, a line of JSON each: its headers, and its body in base64.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
import { createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { Webhooks } from "@octokit/webhooks";

const [, , secret] = process.argv;
const webhooks = new Webhooks({ secret });
const events = createRequire(import.meta.url)("@octokit/webhooks-examples");

// A webhook has one of two content types. The signature is that of the body, whichever it is.
const types = {
  "application/json": (json) => json,
  "application/x-www-form-urlencoded": (json) => new URLSearchParams({ payload: json }).toString(),
};

for (const { name, examples } of events) {
  for (const [index, example] of examples.entries()) {
    // All are written as JSON. The first of each event is written as a form too.
    for (const [type, write] of Object.entries(types).slice(0, index === 0 ? 2 : 1)) {
      const body = write(JSON.stringify(example));
      const headers = {
        Accept: "*/*",
        "Content-Type": type,
        "User-Agent": "GitHub-Hookshot/044aadd",
        "X-GitHub-Delivery": randomUUID(),
        "X-GitHub-Event": name,
        "X-GitHub-Hook-ID": "292430182",
        "X-GitHub-Hook-Installation-Target-ID": "79929171",
        "X-GitHub-Hook-Installation-Target-Type": "repository",
        "X-Hub-Signature": `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`,
        "X-Hub-Signature-256": await webhooks.sign(body),
      };
      console.log(JSON.stringify({ headers, bodyBase64: Buffer.from(body).toString("base64") }));
    }
  }
}
