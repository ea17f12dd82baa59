// An OpenID Connect issuer to try things out with. It gives anybody a token for any name, so it listens on this machine only.
//
//   node issuer.mjs [PORT]                       # 9000
//   curl http://localhost:9000/token/ann         # a token for an hour; the keys last as long as the process
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

const server = createServer(({ url }, response) => {
  const answer =
    url === "/.well-known/openid-configuration" ? { issuer: issuer(), jwks_uri: `${issuer()}/keys` }
    : url === "/keys" ? { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", use: "sig", alg: "RS256" }] }
    : url.startsWith("/token/") ? token(url.slice("/token/".length))
    : undefined;
  response.writeHead(answer ? 200 : 404, { "Access-Control-Allow-Origin": "*" });
  response.end(typeof answer === "object" ? JSON.stringify(answer) : answer);
});

server.listen(process.argv[2] ?? 9000, "127.0.0.1", () => console.log(issuer()));

function issuer() {
  return `http://localhost:${server.address().port}`;
}

// The claims of Entra ID's access tokens that the settings use.
function token(oid) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer(), aud: "api://sluice", oid, scp: "Files.Upload", nbf: now, exp: now + 3600 };
  const signed = `${part({ alg: "RS256", typ: "JWT", kid: "1" })}.${part(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}
