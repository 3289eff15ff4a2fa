#!/bin/sh
# Starts the relay with the secret that it shares with Bitim, which no list of processes shows. RELAY_ADDRESS: behind a router that
# translates addresses, public/private, e.g. 198.51.100.7/10.0.0.7.
set -eu
umask 077
config="${TMPDIR:-/tmp}/turnserver.conf"
cat "$(dirname "$0")/turnserver.conf" > "$config"
{
  echo "static-auth-secret=$(cat "${TURN_SECRET_FILE:-/run/secrets/turn_secret}")"
  echo "realm=${DOMAIN:?set DOMAIN}"
  if [ -n "${RELAY_ADDRESS:-}" ]; then
    echo "external-ip=$RELAY_ADDRESS"
    # Both ends of a call may be relayed here: one relayed address then speaks to the other.
    echo "allowed-peer-ip=${RELAY_ADDRESS#*/}"
    echo "allowed-peer-ip=${RELAY_ADDRESS%/*}"
  fi
  if [ -f /certificates/cert.pem ]; then
    echo "cert=/certificates/cert.pem"
    echo "pkey=/certificates/key.pem"
  fi
} >> "$config"
exec turnserver -c "$config" "$@"
