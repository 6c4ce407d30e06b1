#!/usr/bin/env bash
# backup.sh [FILE] [--volumes all|none|USER,…]   writes store, secrets, configuration and people's volumes into one archive,
#                                                while everything runs; FILE is ./berth-<time>.tar.gz unless told
# backup.sh --check FILE [--json]                reads an archive from end to end and says what is in it
# The archive holds every secret of this Berth: it is readable by its owner only.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"

file='' volumes=all check='' json=()
while [ $# -gt 0 ]; do
  case $1 in
    --volumes) volumes=${2:-} && shift ;;
    --volumes=*) volumes=${1#*=} ;;
    --check) check=${2:-} && shift ;;
    --json) json=(--json) ;;
    -*) fail "'$1' means nothing here." 'Say: berth backup [FILE] [--volumes all|none|USER,…], or berth backup --check FILE' ;;
    *) file=$1 ;;
  esac
  shift || fail 'Something is missing behind the last word.' 'Say: berth backup --check FILE'
done
image=$(setting BERTH_IMAGE berth:latest)

if [ -n "$check" ]; then
  [ -f "$check" ] || fail "There is no file $check." 'Say: berth backup --check FILE'
  exec docker run --rm -i --network none --user 0:0 --cap-drop ALL --cap-add DAC_READ_SEARCH --read-only \
    -v "$(realpath "$check"):/archive:ro" "$image" node dist/hub/src/berth.js archive check /archive ${json[@]+"${json[@]}"}
fi

[[ $volumes =~ ^[A-Za-z0-9@._,-]+$ ]] || fail "'$volumes' are no volumes." 'Say --volumes all, none, or names of people with commas between.'
file=${file:-berth-$(date +%Y%m%d-%H%M%S).tar.gz}
[ ! -e "$file" ] || fail "$file is there already, and is left as it is." 'Choose another name.'
[ -w "$(dirname "$file")/." ] || fail "$(dirname "$file") is no folder that you may write to." 'Choose another place.'
docker image inspect "$image" >/dev/null 2>&1 || fail "The image $image is not on this engine." 'make up builds it.'
data=$(setting DATA_VOLUME_HOST jupyterhub-data)

# Into a word first: what fails behind a '<(' is not heard here, and would be a backup of no volumes.
told=$("$here/backup-volumes.sh" "$volumes")
rows=() mounts=() names=()
[ -z "$told" ] || mapfile -t rows <<<"$told"
for row in ${rows[@]+"${rows[@]}"}; do
  name=${row%%$'\t'*} user=${row#*$'\t'}
  mounts+=(-v "$name:/volumes/${#names[@]}:ro")
  names+=("--volume=$name${user:+:$user}")
done
if [ "$volumes" != all ] && [ "$volumes" != none ] && [ ${#names[@]} -eq 0 ]; then
  fail "There is no volume of $volumes." "'./berth users' shows who is there."
fi

# The hub gives the store, as it is now and whole; one that does not run has left it whole on the disk.
hub=$("$here/compose.sh" ps -q hub 2>/dev/null | sed -n 1p || true)
running=''
[ -z "$hub" ] || [ "$(docker inspect -f '{{.State.Running}}' "$hub" 2>/dev/null)" != true ] || running=yes
store() {
  if [ -n "$running" ]; then
    docker exec "$hub" node dist/hub/src/berth.js snapshot
  else
    docker run --rm --network none --user 0:0 --cap-drop ALL --cap-add DAC_READ_SEARCH -v "$data:/data:ro" "$image" cat /data/berth.json
  fi
}
# What Docker makes for a bind mount that is missing would stay.
pack() {
  docker run --rm -i --network none --user 0:0 --cap-drop ALL --cap-add DAC_READ_SEARCH --read-only \
    -v "$ROOT:/srv/berth:ro" -v "$data:/data:ro" ${mounts[@]+"${mounts[@]}"} "$image" \
    node dist/hub/src/berth.js archive write --instance="$(instance)" ${names[@]+"${names[@]}"}
}

umask 077
fresh=$file.part
trap 'rm -f "$fresh"' EXIT
begun=$SECONDS
mkdir -p "$BUILD_DIR"
log=$BUILD_DIR/backup.log
code=0
store 2>"$log" | pack >"$fresh" 2>>"$log" || code=$?
if [ "$code" != 0 ]; then
  tail -n 5 "$log" | cut -c1-300 | sed 's/^/       | /' >&2
  if grep -qi 'no space left' "$log"; then fail "No room for the backup where $file would lie." 'Choose another disk, or --volumes none.'; fi
  fail 'The backup was not made; nothing is left of it.' 'See the lines above; make status tells how the hub is.'
fi
sync "$fresh" 2>/dev/null || true
mv "$fresh" "$file"
trap - EXIT
[ -z "$running" ] || docker exec "$hub" node dist/hub/src/berth.js backup-made >/dev/null 2>>"$log" ||
  say 'the hub did not take note of it; doctor will go on asking for a backup.'
say "$file: $(($(stat -c %s "$file") / 1024)) KB in $((SECONDS - begun)) s ($(tail -n 2 "$log" | grep -o '[0-9]* volumes.*' || echo "${#names[@]} volumes"))."
say "Keep it where only you can read it: it holds every secret. Verify: ./berth backup --check $file"
