#!/usr/bin/env bash
# whole-link.sh LINK: a link that can be sent. Without PUBLIC_URL the hub knows its path only; scheme, host and port are
# then those at which this machine is reached.
set -euo pipefail
link=$1
case $link in
  /*) link=$("$(dirname "$0")/address.sh" | sed -E 's|^(https?://[^/]+).*|\1|')$link ;;
esac
printf '%s\n' "$link"
