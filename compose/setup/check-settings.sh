#!/usr/bin/env bash
# Lets the hub itself read its settings, before it is started: it alone knows all of them.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

environment=$(mktemp)
trap 'rm -f "$environment"' EXIT
# `docker run --env-file` takes quotation marks as they come; Compose takes them off. The certificates are a path of
# the running hub, and Node would warn that it is not there.
sed "/^NODE_EXTRA_CA_CERTS=/d; s/[[:space:]]*$//; s/^\\([A-Za-z_0-9]*\\)=\"\\(.*\\)\"$/\\1=\\2/; s/^\\([A-Za-z_0-9]*\\)='\\(.*\\)'$/\\1=\\2/" .env secrets/oauth.env >"$environment"

# Exit code 2 and a line a fault; 1 is what we expect: no hub answers in there.
code=0
faults=$(timeout 60 docker run --rm --network none --env-file "$environment" "$(setting BERTH_IMAGE berth:latest)" \
  node dist/hub/src/cli/main.js health 2>&1) || code=$?
if [ "$code" = 2 ]; then
  fault=$(head -n 1 <<<"$faults")
  name=${fault%% *}
  line=$(grep -n "^$name=" .env | tail -n 1 | cut -d: -f1 || true)
  fail "The setting $fault." "Correct it${line:+ in .env, line $line,} and run make again. What every setting means: docs/reference/settings.md."
fi
[ "$code" = 1 ] || fail "The hub's image does not run: $(tail -n 1 <<<"$faults" | cut -c1-200)." "Build it anew: docker image rm -f $(setting BERTH_IMAGE berth:latest), then run make again."
say 'settings: the hub understands them.'
