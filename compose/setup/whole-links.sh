#!/usr/bin/env bash
# Makes links that can be sent of what the hub printed (stdin): a link alone, `name<tab>link`, or JSON. Without PUBLIC_URL
# the hub knows their path only; scheme, host and port are then those at which this machine is reached.
set -euo pipefail
said=$(cat)
before='(^|[[:blank:]]|"path": ")'
origin=''
if grep -qE "$before/" <<<"$said"; then
  origin=$("$(dirname "$0")/address.sh" | sed -E 's|^(https?://[^/]+).*|\1|')
fi
sed -E "s#$before/#\\1$origin/#" <<<"$said"
