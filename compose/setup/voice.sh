# Sourced: how set-up speaks. One line a step; on failure one sentence and one next step.
# shellcheck shell=bash

say() { printf 'berth: %s\n' "$*"; }

# fail SENTENCE NEXT-STEP: ends the script.
fail() {
  printf '\nberth: %s\nnext:  %s\n' "$1" "$2" >&2
  exit 1
}
