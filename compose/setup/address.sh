#!/usr/bin/env bash
# Prints where people reach the hub: PUBLIC_URL, or this machine's first address and the port; no slash at the end.
set -euo pipefail
. "$(dirname "$0")/settings.sh"

public=$(setting PUBLIC_URL)
if [ -z "$public" ]; then
  # The addresses of Docker's own bridges lead nowhere from outside. An engine that has just started tells the
  # subnet of its bridge only, whose first address is the bridge's.
  bridges=$(docker network ls -q 2>/dev/null | xargs -r docker network inspect -f '{{range .IPAM.Config}}{{.Gateway}} {{.Subnet}} {{end}}' 2>/dev/null |
    tr ' ' '\n' | sed 's|\.0/[0-9]*$|.1|; /^$/d' || true)
  host=$({ hostname -I 2>/dev/null || true; } | tr ' ' '\n' | grep -E '^[0-9.]+$' | grep -vxF "${bridges:-none}" | sed -n 1p || true)
  scheme=http port=$(setting JUPYTERHUB_PORT 8000)
  if overlay tls || overlay swarm-tls; then
    scheme=https
  elif overlay nginx || overlay apache; then
    port=$(setting HTTP_PORT 80)
    [ ! -s "$ROOT/secrets/jupyterhub.crt" ] || scheme=https port=$(setting HTTPS_PORT 443)
  fi
  case $scheme:$port in http:80 | https:443) port='' ;; *) port=:$port ;; esac
  # The hub takes `jhub` for `/jhub/`.
  base=$(setting BASE_URL / | sed 's|^/*|/|')
  public=$scheme://${host:-localhost}$port$base
fi
printf '%s\n' "${public%/}"
