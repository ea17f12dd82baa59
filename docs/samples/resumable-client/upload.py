#!/usr/bin/env python3
"""Uploads a file to Sluice in parts, by tus 1.0.0. Whatever breaks, it asks how much has arrived, and sends the rest.

    python3 upload.py film.mp4 http://localhost:7071/api/files

Needs nothing but Python. SLUICE_KEY is sent as x-functions-key, SLUICE_PART_BYTES is the size of a part (16 MiB).
"""

import base64
import hashlib
import http.client
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PART_BYTES = int(os.environ.get("SLUICE_PART_BYTES", 16 * 1024 * 1024))
ATTEMPTS = 10  # in a row, without any progress


def send(method, url, headers=None, body=None):
    """Sends one request and returns the headers of its answer. Any status but 2xx is an HTTPError."""
    request = urllib.request.Request(url, body, {"Tus-Resumable": "1.0.0", **(headers or {})}, method=method)
    if key := os.environ.get("SLUICE_KEY"):
        request.add_header("x-functions-key", key)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.headers


def create(endpoint, path, size, digest):
    """Creates an upload. The server publishes the blob only if its bytes have this digest."""
    metadata = {"filename": os.path.basename(path), "sha256": digest}
    pairs = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items())
    return send("POST", endpoint, {"Upload-Length": str(size), "Upload-Metadata": pairs})


def is_temporary(error):
    """A broken connection has no status. 409 and 423: another request of this upload is not quite over yet."""
    status = getattr(error, "code", None)
    return status is None or status >= 500 or status in (408, 409, 423, 429)


def upload(path, endpoint):
    """Uploads a file and returns the address of the blob."""
    with open(path, "rb") as file:
        digest = hashlib.sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
        size = file.tell()
        answer = create(endpoint, path, size, digest.hexdigest())
        url = urllib.parse.urljoin(endpoint, answer["Location"])
        offset, reached, failures = 0, 0, 0
        while offset != size:
            try:
                if offset is None:
                    answer = send("HEAD", url)
                else:
                    file.seek(offset)
                    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
                    answer = send("PATCH", url, headers, file.read(PART_BYTES))
                offset = int(answer["Upload-Offset"])
                if offset > reached:
                    reached, failures = offset, 0
            except (OSError, http.client.HTTPException) as error:
                failures += 1
                if failures == ATTEMPTS or not is_temporary(error):
                    raise
                print(f"{error!r}: asking how much has arrived", file=sys.stderr)
                time.sleep(failures)
                offset = None
        return urllib.parse.urljoin(endpoint, answer["Content-Location"])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        print("stored and verified:", upload(sys.argv[1], sys.argv[2]))
    except urllib.error.HTTPError as refused:
        sys.exit(f"{refused}: {refused.read().decode(errors='replace')}")
