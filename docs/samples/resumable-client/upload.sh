#!/usr/bin/env bash
# Uploads a file to Sluice in parts, by Resumable Uploads for HTTP, the IETF's draft. Whatever breaks, it asks how much has arrived, and
# sends the rest.
#
#   bash upload.sh film.mp4 http://localhost:7071/api/files
#
# Needs curl 7.84 and openssl. SLUICE_KEY is sent as x-functions-key, SLUICE_PART_BYTES is the size of a part (16 MiB).
set -eu

if [ $# -ne 2 ] || ! [ -r "$1" ] || ! [[ $2 =~ ^https?://[^/]+ ]]; then
  echo "usage: bash upload.sh FILE http://HOST/api/files" >&2
  exit 2
fi
file=$1 endpoint=$2 origin=${BASH_REMATCH[0]}
part_bytes=${SLUICE_PART_BYTES:-16777216}
attempts=10 # in a row, without any progress
problem=$(mktemp)
headers=$(mktemp) # a file only for this user: a key on the command line is seen by everybody (ps)
trap 'rm -f "$problem" "$headers"' EXIT
if [ -n "${SLUICE_KEY:-}" ]; then printf 'x-functions-key: %s\n' "$SLUICE_KEY" >"$headers"; fi

# Sends one request. Sets status, offset, complete, location and stored; a broken connection leaves no status that counts.
send() {
  local answer broken=0
  answer=$(curl -sS -o "$problem" -H "@$headers" "$@" \
    -w '%{http_code}|%header{upload-offset}|%header{upload-complete}|%header{location}|%header{content-location}') || broken=1
  IFS='|' read -r status offset complete location stored <<<"$answer"
  if [ $broken -ne 0 ]; then status=000; fi
}

size=$(($(wc -c <"$file")))
digest=$(openssl dgst -sha256 -binary "$file" | base64)
# Every byte of the name percent-encoded (RFC 8187), whatever it is.
name=$(basename "$file" | tr -d '\n' | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g')
# The server publishes the blob only if its bytes have this digest.
send -X POST -H 'Content-Length: 0' -H 'Upload-Complete: ?0' -H "Upload-Length: $size" -H "Repr-Digest: sha-256=:$digest:" \
  -H "Content-Disposition: attachment; filename*=UTF-8''$name" "$endpoint"
if [ "$status" != 201 ]; then
  echo "The upload was not created ($status): $(cat "$problem")" >&2
  exit 1
fi

url=$origin$location reached=0 failures=0
until [ "$complete" = '?1' ]; do
  if [ -z "$offset" ]; then
    send -I "$url"
  else
    if [ $((offset + part_bytes)) -lt "$size" ]; then last='?0'; else last='?1'; fi
    send -X PATCH -T - -H 'Content-Type: application/partial-upload' -H "Upload-Offset: $offset" -H "Upload-Complete: $last" "$url" \
      < <(tail -c "+$((offset + 1))" "$file" | head -c "$part_bytes")
  fi
  case $status in
    2??)
      if [ "${offset:-0}" -gt "$reached" ]; then reached=$offset failures=0; fi
      ;;
    000 | 408 | 409 | 423 | 429 | 5??)
      failures=$((failures + 1))
      if [ $failures -eq $attempts ]; then
        echo "Given up at $reached of $size bytes ($status)." >&2
        exit 1
      fi
      echo "Broken ($status): asking how much has arrived." >&2
      sleep $failures
      offset=
      complete=
      ;;
    *)
      echo "Refused ($status): $(cat "$problem")" >&2
      exit 1
      ;;
  esac
done
echo "stored and verified: $origin$stored"
