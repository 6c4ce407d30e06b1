#!/usr/bin/env bash
# build-notebook.sh ID: builds notebook-images/ID as berth-notebook-ID.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

id=$1
folder=$ROOT/notebook-images/$id
known=$(sed -n 's/^ *- id: *//p' "$ROOT/notebook-images/catalogue.yaml" | paste -sd' ')
if ! [[ $id =~ ^[a-z0-9-]+$ ]] || [ ! -f "$folder/Dockerfile" ]; then
  fail "There is no notebook image '$id'." "Choose one of: $known."
fi
inputs=$("$here/inputs.sh" "notebook-images/$id")
"$here/image.sh" "notebook-$id" "berth-notebook-$id" "$inputs" "$folder" "$folder/Dockerfile"
