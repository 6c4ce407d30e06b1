#!/usr/bin/env bash
# Builds the image of compose/pam.yaml, where .env asks for it: the hub's image and what PAM needs.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

overlay pam || exit 0
hub=$(setting BERTH_IMAGE berth:latest)
packages=$(setting PAM_PACKAGES 'libpam-oath libpam-sss libnss-sss')
inputs=$({ docker image inspect -f '{{.Id}}' "$hub"; "$here/inputs.sh" hub/pam; echo "$packages"; } | sha256sum | cut -c1-32)
export BUILD_ARGUMENTS="BERTH_IMAGE=$hub
PAM_PACKAGES=$packages"
"$here/image.sh" pam "$(setting BERTH_PAM_IMAGE berth-pam:latest)" "$inputs" "$ROOT/hub/pam" "$ROOT/hub/pam/Dockerfile"
