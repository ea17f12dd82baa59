"""python3 upload.py ENDPOINT FILE: uploads a file with tuspy in each of its ways, and writes where each went and from which offset it went on."""
import asyncio
import os
import sys
import tempfile

from tusclient.client import TusClient
from tusclient.storage.filestorage import FileStorage

endpoint, path = sys.argv[1:]
client = TusClient(endpoint)
size = os.path.getsize(path)


def report(way, uploader, offset=0):
    print(way, uploader.url, offset, flush=True)


# Nothing is said of the file: the header of the metadata is empty.
plain = client.uploader(path)
plain.upload()
report("plain", plain)

# It is stopped, and another object goes on, by the address that the first one kept.
with tempfile.NamedTemporaryFile() as kept:
    options = {
        "chunk_size": 300_000,
        "metadata": {"filename": "by tuspy.bin", "filetype": "image/x-raw"},
        "store_url": True,
        "url_storage": FileStorage(kept.name),
        "upload_checksum": True,
    }
    client.uploader(path, **options).upload(stop_at=size // 2)
    checked = client.uploader(path, **options)
    offset = checked.offset
    checked.upload()
    report("checked", checked, offset)

# The connection breaks on the way.
broken = client.uploader(path, chunk_size=300_000, retries=5, retry_delay=0)
broken.upload()
report("broken", broken)

concurrent = client.async_uploader(path, chunk_size=1_000_000, metadata={"filename": "async.bin"})
asyncio.run(concurrent.upload())
report("async", concurrent)
