#!/usr/bin/env bash
# build-notebooks.sh [ID…]: builds these notebook images, else all of the catalogue and of the lab's own, and prints what
# each is in size and time. One that lives from a registry which does not answer is left out and said so: no failure.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"
. "$here/catalogue.sh"

if [ $# -gt 0 ]; then
  ids=("$@")
else
  mapfile -t ids < <({ catalogue_ids; own_ids; })
fi
rows=() broken=()

id_of() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null || true; }
size_of() { docker image inspect -f '{{.Size}}' "$1" 2>/dev/null || echo 0; }
megabytes() { printf '%s MB' "$(((${1:-0} + 500000) / 1000000))"; }
row() { rows+=("$(printf '%-28s %9s %9s %7s  %s' "$@")"); }

# reachable ID: whether what it needs beyond Debian's archive answers; where not, why is in $reason.
reachable() {
  local id=$1 from
  reason=''
  [ "$(catalogue_says "$id" needs)" = registry ] || return 0
  from=$(catalogue_says "$id" from)
  ! docker image inspect "$from" >/dev/null 2>&1 || return 0
  say "image $from: not here, pulling it."
  run_logged "pull-$id" "$(setting PULL_DEADLINE 1800)" docker pull -q "$from" && return 0
  reason="no image registry answers (compose/build/pull-$id.log)"
  return 1
}

one() {
  local id=$1 tag=$NOTEBOOK_PREFIX$1 before begun=$SECONDS code=0 how from own
  before=$(id_of "$tag")
  if ! reachable "$id"; then
    say "image $tag: left out, $reason."
    row "$tag" - - - "left out: $reason"
    return 0
  fi
  "$here/build-notebook.sh" "$id" || code=$?
  if [ "$code" != 0 ]; then
    # Of a single one that somebody asked for, a failure is a failure.
    if [ ${#ids[@]} -gt 1 ] && [ "$(catalogue_says "$id" needs)" = npm ] && [ "$(why "notebook-$id")" = network ]; then
      row "$tag" - - - "left out: npm's registry does not answer (compose/build/notebook-$id.log)"
      return 0
    fi
    broken+=("$id")
    row "$tag" - - "$((SECONDS - begun)) s" 'failed'
    return 0
  fi
  how=built
  [ "$before" != "$(id_of "$tag")" ] || how='up to date'
  from=$(catalogue_says "$id" from)
  own=$(size_of "$tag")
  [ -z "$from" ] || [ -z "$(id_of "$NOTEBOOK_PREFIX$from")" ] || from=$NOTEBOOK_PREFIX$from
  [ -z "$from" ] || own=$((own - $(size_of "$from")))
  row "$tag" "$(megabytes "$(size_of "$tag")")" "$(megabytes "$own")" "$((SECONDS - begun)) s" "$how"
}

for id in "${ids[@]}"; do one "$id"; done
"$here/write-profiles.sh"
printf '\n%-28s %9s %9s %7s\n' image size 'its own' time
printf '%s\n' "${rows[@]}"
[ ${#broken[@]} -eq 0 ] || fail "Not built: ${broken[*]}." "Read what was said of it above, or compose/build/notebook-${broken[0]}.log, then run make build IMAGE=${broken[0]}."
