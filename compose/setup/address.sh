#!/usr/bin/env bash
# Prints where people reach the hub: PUBLIC_URL, or this machine's first address and the port; no slash at the end.
set -euo pipefail
. "$(dirname "$0")/settings.sh"

public=$(setting PUBLIC_URL)
if [ -z "$public" ]; then
  host=$({ hostname -I 2>/dev/null || true; } | tr ' ' '\n' | grep -m 1 -E '^[0-9.]+$' || true)
  public=http://${host:-localhost}:$(setting JUPYTERHUB_PORT 8000)$(setting BASE_URL /)
fi
printf '%s\n' "${public%/}"
