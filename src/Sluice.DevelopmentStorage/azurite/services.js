"use strict";
// Azurite's blob and queue services, for as long as standard input is open. A parent holds the other end of that pipe, and the
// operating system closes it however the parent ends (kill -9 and a crash included), so Azurite never outlives it.
// Arguments: those of azurite. TEMPORARY_DATA_FOLDER: a folder to delete at the end.
// When both services listen, one line on standard output has their addresses: blobs, then queues.

const { rm } = require("node:fs/promises");
const { join } = require("node:path");
// These replace functions of Azurite.
require("./aborted.js");
require("./checksums.js");
// Before the factory: the options of the class that is loaded first are those that are parsed.
const { default: Environment } = require("azurite/dist/src/common/Environment");
const { BlobServerFactory } = require("azurite/dist/src/blob/BlobServerFactory");
const { default: QueueConfiguration } = require("azurite/dist/src/queue/QueueConfiguration");
const { default: QueueServer } = require("azurite/dist/src/queue/QueueServer");
const queueFiles = require("azurite/dist/src/queue/utils/constants");

const STOP_LIMIT_MS = 5_000;
// Node's 5 s closes connections that a client's pool (60 s in .NET) is about to use: a reset in the midst of a request.
const KEEP_ALIVE_MS = 120_000;

const servers = [];
let stopping = false;

async function start() {
  const environment = new Environment();
  const folder = await environment.location();
  const blobs = await new BlobServerFactory().createServer(environment);
  blobs.httpServer.keepAliveTimeout = KEEP_ALIVE_MS;
  // In this order: where blobs are found, queues are too.
  servers.push(queues(environment, folder), blobs);
  for (const server of servers) await server.start();
  const [queueAddress, blobAddress] = servers.map((server) => server.getHttpServerAddress());
  console.log(`Azurite listens on ${blobAddress} ${queueAddress}`);
}

// Azurite has no factory for these, and no names for the arguments.
function queues(environment, folder) {
  const { DEFAULT_QUEUE_LOKI_DB_PATH, DEFAULT_QUEUE_EXTENT_LOKI_DB_PATH, DEFAULT_QUEUE_PERSISTENCE_ARRAY } = queueFiles;
  const [extents] = DEFAULT_QUEUE_PERSISTENCE_ARRAY;
  const [accessLog, accessLogStream, debugLog, debugLogFile] = [!environment.silent(), undefined, false, undefined];
  return new QueueServer(
    new QueueConfiguration(
      environment.queueHost(), environment.queuePort(), KEEP_ALIVE_MS / 1000,
      join(folder, DEFAULT_QUEUE_LOKI_DB_PATH), join(folder, DEFAULT_QUEUE_EXTENT_LOKI_DB_PATH),
      [{ ...extents, locationPath: join(folder, extents.locationPath) }],
      accessLog, accessLogStream, debugLog, debugLogFile, environment.loose(), environment.skipApiVersionCheck(),
    ),
  );
}

const started = start().catch((error) => {
  console.error(error.message);
  return end(1);
});

async function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), STOP_LIMIT_MS);
  await started;
  await end(0);
}

async function end(code) {
  // Writes the metadata that is still in memory. A service that did not start refuses to close.
  await Promise.allSettled(servers.map((server) => server.close()));
  const folder = process.env.TEMPORARY_DATA_FOLDER;
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  process.exit(code);
}

process.stdin.on("end", stop).on("error", stop).resume();
// Ctrl+C reaches the whole group, and the parent still finishes its uploads: it says when to stop.
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
process.on("SIGTERM", stop);
// A killed parent no longer reads; without these, the next line of output would throw instead of end in order.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
