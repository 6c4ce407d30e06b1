#!/usr/bin/env bash
# Gives the data volume to the user that the hub runs as. A volume that another JupyterHub filled as root keeps its files.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

volume=$(setting DATA_VOLUME_HOST jupyterhub-data)
owner=$(setting BERTH_UID 1000):$(setting BERTH_GID 1000)
# One container, and only if need be a change: 20,000 files are not touched on each start.
timeout 120 docker run --rm --network none --user 0:0 -v "$volume:/data" "$(setting BERTH_IMAGE berth:latest)" \
  sh -c "[ \"\$(stat -c %u:%g /data)\" = $owner ] || chown -R $owner /data" >/dev/null ||
  fail "The data volume $volume cannot be given to uid ${owner%:*}." "See 'docker volume inspect $volume'."
say "volume $volume: belongs to uid ${owner%:*}."
