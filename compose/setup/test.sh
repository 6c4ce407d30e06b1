#!/usr/bin/env bash
# `make test`: sets up everything that the tests need, passes all of them, and ends with one line: N passed, M failed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"
begun=$SECONDS

"$here/node-modules.sh"
"$here/test-tools.sh"
"$here/build.sh"

output=$ROOT/test/output
mkdir -p "$output"
rm -f "$output"/results-*.json
broken=0
for part in check integration e2e; do
  say "tests: $part."
  if [ "$part" = check ]; then
    npm run --silent check || broken=$((broken + 1))
  else
    npm run --silent "$part" -- --reporter=default --reporter=json --outputFile.json="$output/results-$part.json" || broken=$((broken + 1))
  fi
done
say "tests: $((SECONDS - begun)) s."
# A part that broke without a failed test (lint, types, a crash of the runner) counts as one failure.
exec node_modules/.bin/node test/sum-results.ts "$output" "$broken"
