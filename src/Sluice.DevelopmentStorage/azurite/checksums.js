"use strict";
// Azurite computes the CRC-64 of every block byte by byte, in boxed numbers: most of the time that a large upload takes, 12.4 ms for a MiB.
// This replaces the function of its module by one that takes eight bytes at a time, in integers: 1.3 ms.
// CRC-64/NVME: polynomial ad93d23594c93659, reflected; initial value and final XOR are all ones; the least significant byte first.

const { createHash } = require("node:crypto");
const utils = require("azurite/dist/src/common/utils/utils");

const POLYNOMIAL = { high: 0x9a6c9329 | 0, low: 0xac4bc9b5 | 0 };

// tables[k] has the effect of a byte that is followed by k others.
const tables = [tableOfBytes()];
while (tables.length < 8) tables.push(tableOfNext(tables[tables.length - 1], tables[0]));
const [h0, h1, h2, h3, h4, h5, h6, h7] = tables.map((table) => table.high);
const [l0, l1, l2, l3, l4, l5, l6, l7] = tables.map((table) => table.low);

function tableOfBytes() {
  const table = { high: new Int32Array(256), low: new Int32Array(256) };
  for (let byte = 0; byte < 256; byte++) {
    let [high, low] = [0, byte];
    for (let bit = 0; bit < 8; bit++) {
      const carry = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (carry) [high, low] = [high ^ POLYNOMIAL.high, low ^ POLYNOMIAL.low];
    }
    [table.high[byte], table.low[byte]] = [high, low];
  }
  return table;
}

function tableOfNext(previous, first) {
  const table = { high: new Int32Array(256), low: new Int32Array(256) };
  for (let byte = 0; byte < 256; byte++) {
    const [high, low] = [previous.high[byte], previous.low[byte]];
    table.low[byte] = ((low >>> 8) | (high << 24)) ^ first.low[low & 255];
    table.high[byte] = (high >>> 8) ^ first.high[low & 255];
  }
  return table;
}

class Crc64 {
  #high = -1;
  #low = -1;

  update(bytes) {
    let [high, low] = [this.#high, this.#low];
    let i = 0;
    for (; i + 8 <= bytes.length; i += 8) {
      const a = low ^ (bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
      const b = high ^ (bytes[i + 4] | (bytes[i + 5] << 8) | (bytes[i + 6] << 16) | (bytes[i + 7] << 24));
      const [b0, b1, b2, b3] = [a & 255, (a >>> 8) & 255, (a >>> 16) & 255, a >>> 24];
      const [b4, b5, b6, b7] = [b & 255, (b >>> 8) & 255, (b >>> 16) & 255, b >>> 24];
      low = l7[b0] ^ l6[b1] ^ l5[b2] ^ l4[b3] ^ l3[b4] ^ l2[b5] ^ l1[b6] ^ l0[b7];
      high = h7[b0] ^ h6[b1] ^ h5[b2] ^ h4[b3] ^ h3[b4] ^ h2[b5] ^ h1[b6] ^ h0[b7];
    }
    for (; i < bytes.length; i++) {
      const byte = (low ^ bytes[i]) & 255;
      low = ((low >>> 8) | (high << 24)) ^ l0[byte];
      high = (high >>> 8) ^ h0[byte];
    }
    [this.#high, this.#low] = [high, low];
    return this;
  }

  digest() {
    const view = new DataView(new ArrayBuffer(8));
    view.setInt32(0, ~this.#low, true);
    view.setInt32(4, ~this.#high, true);
    return new Uint8Array(view.buffer);
  }
}

if (utils.computeTransactionalChecksums?.length !== 3) throw new Error("checksums.js does not fit this version of Azurite.");

// The digests that the client sent, or that Azurite asks for.
utils.computeTransactionalChecksums = (stream, expected, force) => {
  const md5 = expected.md5 !== undefined || force?.md5 ? createHash("md5") : undefined;
  const crc64 = expected.crc64 !== undefined || force?.crc64 ? new Crc64() : undefined;
  return new Promise((resolve, reject) => {
    stream
      .on("data", (chunk) => {
        const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
        md5?.update(bytes);
        crc64?.update(bytes);
      })
      .on("end", () => resolve({ md5: md5 && new Uint8Array(md5.digest()), crc64: crc64?.digest() }))
      .on("error", reject);
  });
};
