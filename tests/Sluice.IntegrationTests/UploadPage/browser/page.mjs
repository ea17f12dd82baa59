// node page.mjs SCENARIO ADDRESS [JSON]: uses the upload page at an address as people do, and writes what came of it as JSON.
import { scenarios } from "./scenarios.mjs";
import { Visit } from "./visit.mjs";

const [, , name, address, input = "{}"] = process.argv;
let visit;
try {
  visit = await Visit.begin(address);
  const result = await scenarios[name](visit, JSON.parse(input));
  const origins = [...new Set(visit.requests.map((request) => new URL(request.url).origin).filter((origin) => origin !== "null"))];
  console.log(JSON.stringify({ ...result, console: visit.console, origins }));
} catch (error) {
  if (error.code === "no-browser") {
    console.log(JSON.stringify({ noBrowser: error.message }));
  } else {
    if (visit?.page) {
      console.error(JSON.stringify({ rows: await visit.rows().catch(() => null), status: await visit.status().catch(() => null), console: visit.console }));
    }

    console.error(error.stack);
    process.exitCode = 1;
  }
} finally {
  await visit?.end().catch(() => {});
}
