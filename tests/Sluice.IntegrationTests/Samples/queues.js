"use strict";
// Azurite's queue service, in memory, for as long as standard input is open. Argument: the folder in which Azurite is installed.
const { createRequire } = require("node:module");
const { join } = require("node:path");

const azurite = createRequire(join(process.argv[2], "package.json"));
const Configuration = azurite("azurite/dist/src/queue/QueueConfiguration").default;
const Server = azurite("azurite/dist/src/queue/QueueServer").default;

// Its client would be a package that is not installed (src/Sluice.DevelopmentStorage/azurite/package.json).
azurite("azurite/dist/src/common/Telemetry").AzuriteTelemetryClient.enableTelemetry = false;

const [host, port, keepAliveSeconds, files, skipApiVersionCheck, inMemory] = ["127.0.0.1", 0, 120, "", true, true];
const server = new Server(
  new Configuration(
    host, port, keepAliveSeconds, files, files, [], false, undefined, false, undefined, false,
    skipApiVersionCheck, "", "", "", undefined, false, inMemory,
  ),
);
server.start().then(
  () => console.log(server.getHttpServerAddress()),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
process.stdin.on("end", () => process.exit(0)).resume();
