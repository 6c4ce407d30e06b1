#!/usr/bin/env bash
# wait.sh [SECONDS]: until hub and proxy are healthy, saying what it waits for.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

deadline=$((SECONDS + ${1:-120}))
health_of() {
  local id
  id=$(containers_of "$1" -aq | sed -n 1p)
  [ -n "$id" ] || { echo 'not there' && return; }
  docker inspect -f '{{if .State.Running}}{{if .State.Restarting}}restarting{{else}}{{.State.Health.Status}}{{end}}{{else}}{{.State.Status}}{{end}}' "$id" 2>/dev/null || echo 'not there'
}

said=''
while :; do
  waiting=''
  for service in proxy hub; do
    health=$(health_of "$service")
    [ "$health" = healthy ] || waiting="$waiting${waiting:+, }$service is $health"
  done
  [ -n "$waiting" ] || break
  [ "$waiting" = "$said" ] || say "waiting: $waiting."
  said=$waiting
  if [ "$SECONDS" -ge "$deadline" ]; then
    for service in proxy hub; do
      [ "$(health_of "$service")" != healthy ] || continue
      printf '\n       the last words of %s:\n' "$service" >&2
      "$here/compose.sh" logs --no-color --tail=15 "$service" 2>&1 | cut -c1-300 | sed 's/^/       | /' >&2 || true
    done
    fail "Not healthy after ${1:-120} s: $waiting." "Read the lines above ('make logs' shows more); when the cause is gone, run make up again."
  fi
  sleep 0.5
done
say 'healthy: hub and proxy.'
