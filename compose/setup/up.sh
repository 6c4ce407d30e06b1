#!/usr/bin/env bash
# `make up`: from whatever is there to a running hub. A second run changes nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"
begun=$SECONDS

"$here/build.sh" --before-start
before=$(for service in proxy hub; do containers_of "$service" -q; done)
undo() {
  # What ran before this make goes on running; what did not run before is not left half-started.
  [ -n "$before" ] || "$here/compose.sh" down >>"$BUILD_DIR/compose.log" 2>&1 || true
}
say 'starting: proxy and hub.'
if ! run_logged compose 300 "$here/compose.sh" up -d --remove-orphans; then
  undo
  explain compose 'Hub and proxy could not be started'
fi
"$here/wait.sh" || { undo && exit "$SAID"; }
say "up after $((SECONDS - begun)) s: $("$here/address.sh")/"
"$here/first-link.sh"
