# Sourced after settings.sh: what notebook-images/catalogue.yaml says, and the lab's own images beside it.
# shellcheck shell=bash

CATALOGUE=${CATALOGUE:-$ROOT/notebook-images/catalogue.yaml}
# Beginning of the images' names.
export NOTEBOOK_PREFIX
NOTEBOOK_PREFIX=$(setting NOTEBOOK_PREFIX berth-notebook-)
# A folder an image, as repo2docker reads them; no part of the project (docs/how-to/bring-your-own-image.md).
OWN_IMAGES=$(setting OWN_IMAGES_DIR my-images)
case $OWN_IMAGES in /*) ;; *) OWN_IMAGES=$ROOT/$OWN_IMAGES ;; esac

# In the order of the file: an image stands after the one it is built on.
catalogue_ids() { sed -n 's/^ *- id: *//p' "$CATALOGUE"; }

# catalogue_says ID KEY: empty when it says nothing. One line a key, as the test of the catalogue sees to.
catalogue_says() {
  awk -v id="$1" -v key="$2:" '
    $1 == "-" && $2 == "id:" { current = $3 }
    current == id && $1 == key { sub(/^[^:]*: */, ""); print; exit }' "$CATALOGUE"
}

own_ids() {
  local folder
  for folder in "$OWN_IMAGES"/*/; do [ ! -d "$folder" ] || basename "$folder"; done
}

# own_from ID: what an image of the lab's own is built on: the one word of its file `from`.
own_from() {
  local from=''
  [ ! -r "$OWN_IMAGES/$1/from" ] || from=$(sed 's/#.*//' "$OWN_IMAGES/$1/from" | tr -d '[:space:]')
  printf '%s' "${from:-minimal}"
}
