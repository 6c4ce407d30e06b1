#!/usr/bin/env bash
# The programs that the tests drive: a browser, a load generator, a shell linter, what a throw-away machine is made with.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"

# program:package
needed=(chromium:chromium wrk:wrk shellcheck:shellcheck debootstrap:debootstrap ip:iproute2 iptables:iptables nginx:nginx-light)
missing=()
for pair in "${needed[@]}"; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%:*}" ] || missing+=("${pair#*:}")
done
if [ ${#missing[@]} -eq 0 ]; then
  say 'test tools: there.'
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  fail "The tests need programs that are not here: ${missing[*]}." 'Install them, or run make test as root on Debian or Ubuntu.'
fi
say "test tools: installing ${missing[*]}."
export DEBIAN_FRONTEND=noninteractive
# A server that a package starts by itself would take a port from a test.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 0755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
{ run_logged test-tools 300 apt-get -o APT::Update::Error-Mode=any -o Acquire::Retries=1 update -q &&
  run_logged test-tools 1200 apt-get install -y -q --no-install-recommends "${missing[@]}"; } ||
  explain test-tools 'The programs that the tests drive could not be installed'
