// node generate.mjs OPENAPI.JSON: writes schema.d.ts. Bytes are streams; by default openapi-typescript calls them strings.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const stream = ts.factory.createTypeReferenceNode("ReadableStream", [ts.factory.createTypeReferenceNode("Uint8Array")]);
const schema = await openapiTS(readFileSync(process.argv[2], "utf8"), {
  transform: (schemaObject) => (schemaObject.format === "binary" ? stream : undefined),
});
writeFileSync("schema.d.ts", astToString(schema));
