#!/usr/bin/env bash
# Prints the one-time link with which the first administrator sets a password, as long as there is none.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

code=0
link=$(timeout 60 "$here/compose.sh" exec -T hub node dist/hub/src/cli/main.js setup-link 2>"$BUILD_DIR/setup-link.log" </dev/null) || code=$?
case $code in
  0) ;;
  3) exit 0 ;; # there is an administrator
  *) fail "The hub did not give a link for the first administrator: $(tail -n 1 "$BUILD_DIR/setup-link.log")" "Look into 'make logs', then run make up again." ;;
esac
link=$(printf '%s\n' "$link" | "$here/whole-links.sh")
printf '\n  First administrator: open this link once, choose a name and a password.\n    %s\n\n' "$link"
