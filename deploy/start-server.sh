#!/bin/sh
# Starts the built server, in its own process. `node-flags` beside this file is the one place where Node's flags stand: a young generation of
# 8 MB, not more, keeps a collection of it short and the memory small; what it costs in throughput is in docs/performance.md.
set -eu
here=$(dirname "$0")
exec node $(cat "$here/node-flags") "$here/../dist/server/main.js"
