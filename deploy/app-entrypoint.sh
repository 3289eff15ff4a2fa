#!/bin/sh
# Hands secrets that lie in files to the server, which reads these from its environment; an empty file counts as not set.
set -eu
for name in MONGODB_URI MONGODB_KEYS_URI SMTP_URL TURN_SECRET JANUS_SECRET; do
  # Its secret lies there also where there is no SFU.
  if [ "$name" = JANUS_SECRET ] && [ -z "${JANUS_URL:-}" ]; then continue; fi
  file="${SECRETS_FOLDER:-/run/secrets}/$(printf '%s' "$name" | tr 'A-Z' 'a-z')"
  if [ -s "$file" ]; then
    value=$(cat "$file")
    export "$name=$value"
  fi
done
exec "$@"
