#!/usr/bin/env bash
# Is the port free, or ours? Reads the kernel's own table, so it needs no tool.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

# check_port NAME DEFAULT SERVICE
check_port() {
  local name=$1 service=$3 port hex listener ours other holder
  port=$(setting "$name" "$2")
  hex=$(printf '%04X' "$((10#$port))")
  # Inode of the socket that listens (state 0A) on that port, if any.
  listener=$(awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' /proc/net/tcp /proc/net/tcp6 2>/dev/null || true)
  ours=$(containers_of "$service" -q --filter "publish=$port" 2>/dev/null || true)
  if [ -n "$ours" ]; then
    say "port $port: ours."
    return 0
  fi

  # A container may hold it without a listening process (engine without userland proxy).
  other=$(docker ps --filter "publish=$port" --format '{{.Names}}' 2>/dev/null | head -n 1 || true)
  if [ -n "$other" ]; then
    fail "Port $port is taken by the container $other." "Stop it ('docker stop $other'), or choose another port in .env ($name=…), then run make again."
  fi
  if [ -n "$listener" ]; then
    holder=$(find /proc/[0-9]*/fd -lname "socket:\[$listener\]" 2>/dev/null | head -n 1 | cut -d/ -f3 || true)
    [ -z "$holder" ] || holder=" by $(cat "/proc/$holder/comm") (pid $holder)"
    fail "Port $port is taken$holder." "Stop that program, or choose another port in .env ($name=…), then run make again."
  fi
  say "port $port: free."
}

check_port JUPYTERHUB_PORT 8000 proxy
if overlay tls || overlay swarm-tls; then check_port HTTP_PORT 80 proxy; fi
for front in nginx apache; do
  if overlay "$front"; then
    check_port HTTP_PORT 80 "$front"
    check_port HTTPS_PORT 443 "$front"
  fi
done
