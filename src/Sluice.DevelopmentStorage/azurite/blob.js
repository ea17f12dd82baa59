"use strict";
// Azurite's blob service, for as long as standard input is open. A parent holds the other end of that pipe, and the
// operating system closes it however the parent ends (kill -9 and a crash included), so Azurite never outlives it.
// Arguments: those of azurite-blob. TEMPORARY_DATA_FOLDER: a folder to delete at the end.

const { rm } = require("node:fs/promises");
// These replace functions of Azurite.
require("./aborted.js");
require("./checksums.js");
const { BlobServerFactory } = require("azurite/dist/src/blob/BlobServerFactory");

const STOP_LIMIT_MS = 5_000;
// Node's 5 s closes connections that a client's pool (60 s in .NET) is about to use: a reset in the midst of a request.
const KEEP_ALIVE_MS = 120_000;

let server;
let stopping = false;

async function start() {
  server = await new BlobServerFactory().createServer();
  server.httpServer.keepAliveTimeout = KEEP_ALIVE_MS;
  await server.start();
  console.log(`Azurite listens on ${server.getHttpServerAddress()}`);
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
  await server.close().catch(() => {}); // writes the metadata that is still in memory
  await end(0);
}

async function end(code) {
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
