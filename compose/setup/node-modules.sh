#!/usr/bin/env bash
# Brings node_modules to what package-lock.json says; does nothing when it is there already.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"
cd "$ROOT"

stamp=node_modules/.berth-lock
wanted=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -x node_modules/.bin/node ]; then
  say 'node modules: up to date.'
  exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    fail 'There is no npm on this machine.' 'Install Node.js with npm (any version that is still maintained; the project brings its own Node 24), then run make again.'
  fi
  say 'npm: not here, installing it.'
  export DEBIAN_FRONTEND=noninteractive
  { run_logged npm 300 apt-get -o APT::Update::Error-Mode=any -o Acquire::Retries=1 update -q &&
    run_logged npm 600 apt-get install -y -q --no-install-recommends ca-certificates npm; } ||
    explain npm 'npm could not be installed'
fi
say 'node modules: installing what package-lock.json names.'
run_logged npm-ci 900 npm ci --no-audit --no-fund --no-update-notifier || explain npm-ci 'npm ci failed'
printf '%s\n' "$wanted" >"$stamp"
