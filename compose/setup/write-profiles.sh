#!/usr/bin/env bash
# Writes compose/build/profiles.yaml: the notebook images that are on this machine, as profiles to take over into config.yaml.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/catalogue.sh"

profiles=$BUILD_DIR/profiles.yaml
{
  echo '# The notebook images on this machine. Take over what you want into config.yaml (docs/how-to/bring-your-own-image.md).'
  echo 'singleuser:'
  echo '  profileList:'
  for id in $(catalogue_ids); do
    [ -f "$ROOT/notebook-images/$id/profile.yaml" ] || continue
    docker image inspect "$NOTEBOOK_PREFIX$id" >/dev/null 2>&1 || continue
    sed "s/^/    /; s#berth-notebook-#$NOTEBOOK_PREFIX#; s/[[:space:]]*$//" "$ROOT/notebook-images/$id/profile.yaml"
  done
  for id in $(own_ids); do
    docker image inspect "$NOTEBOOK_PREFIX$id" >/dev/null 2>&1 || continue
    if [ -f "$OWN_IMAGES/$id/profile.yaml" ]; then
      sed 's/^/    /; s/[[:space:]]*$//' "$OWN_IMAGES/$id/profile.yaml"
    else
      printf '    - display_name: %s\n      slug: %s\n      kubespawner_override:\n        image: %s\n' "$id" "$id" "$NOTEBOOK_PREFIX$id"
    fi
  done
} >"$profiles.new"
mv "$profiles.new" "$profiles"
say 'profiles for what is here: compose/build/profiles.yaml.'
