// Signs what comes as JSON lines, as senders do: with their own libraries. Writes the headers, a line each.
import { createPrivateKey, sign } from "node:crypto";
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";

// RFC 8410, section 7: what is before the 32 bytes of a private key in PKCS#8.
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

const standard = (id, timestamp, signature) => ({ "webhook-id": id, "webhook-timestamp": `${timestamp}`, "webhook-signature": signature });

const schemes = {
  "standard-webhooks": ({ secret, id, timestamp, body }) =>
    standard(id, timestamp, new Webhook(secret).sign(id, new Date(timestamp * 1000), body.toString())),

  // No library of Standard Webhooks signs with v1a. The signature is OpenSSL's.
  "standard-webhooks-v1a": ({ secret, id, timestamp, body }) => {
    const seed = Buffer.from(secret.slice("whsk_".length), "base64");
    const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
    const signature = sign(null, Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]), key);
    return standard(id, timestamp, `v1a,${signature.toString("base64")}`);
  },

  stripe: ({ secret, timestamp, body }) => ({
    "Stripe-Signature": new Stripe("sk_test_none").webhooks.generateTestHeaderString({ payload: body.toString(), secret, timestamp }),
  }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  console.log(JSON.stringify(schemes[asked.scheme]({ ...asked, body: Buffer.from(asked.bodyBase64, "base64") })));
}
