"use strict";
// Azurite writes 50 bodies at a time. A body whose client has gone before its turn comes has had all its events: Azurite waits for them
// forever, and after 50 of those it writes nothing any more, until it is started again. This refuses such a body at its turn.

const { default: FSExtentStore } = require("azurite/dist/src/common/persistence/FSExtentStore");

const { streamPipe } = FSExtentStore.prototype;
if (streamPipe?.length !== 4) throw new Error("aborted.js does not fit this version of Azurite.");

FSExtentStore.prototype.streamPipe = function (body, file, descriptor, context) {
  return body.destroyed
    ? Promise.reject(new Error("The client has gone before its body was written."))
    : streamPipe.call(this, body, file, descriptor, context);
};
