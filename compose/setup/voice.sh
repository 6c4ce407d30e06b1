# Sourced: how set-up speaks. One line a step; on failure one sentence and one next step, and nothing fails in silence.
# shellcheck shell=bash

say() { printf 'berth: %s\n' "$*"; }

# Exit code of a script that has said what is wrong; whoever called it says nothing more.
SAID=10

# fail SENTENCE NEXT-STEP: ends the script.
fail() {
  printf '\nberth: %s\nnext:  %s\n' "$1" "$2" >&2
  exit "$SAID"
}

unforeseen() {
  [ "$1" = "$SAID" ] || printf '\nberth: %s stopped at line %s, which nobody foresaw.\nnext:  Run make again; if it stays, report it with the output of: bash -x %s\n' "$0" "$2" "$0" >&2
  exit "$SAID"
}
set -E
trap 'unforeseen "$?" "$LINENO"' ERR
