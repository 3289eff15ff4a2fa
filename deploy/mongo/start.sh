#!/bin/bash
# MongoDB takes its key file only from its own user and closed to all others; a mounted secret is neither.
set -eu
install -o mongodb -g mongodb -m 400 /run/secrets/mongo_keyfile /data/configdb/keyfile
exec docker-entrypoint.sh "$@"
