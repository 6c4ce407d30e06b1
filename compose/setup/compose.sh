#!/usr/bin/env bash
# Runs Compose, whichever this machine has: the plugin (v2) before the program of the same name (v2 or 1.29).
#   compose.sh ARGUMENTS…     in the project's root
#   compose.sh --which        says which one; exit code 3 when there is none
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=compose/setup/settings.sh
. compose/setup/settings.sh

if overlay swarm; then exec compose/setup/stack.sh "$@"; fi
if docker compose version >/dev/null 2>&1; then
  chosen=(docker compose)
elif command -v docker-compose >/dev/null 2>&1; then
  chosen=(docker-compose)
else
  exit 3
fi
if [ "${1:-}" = --which ]; then
  printf '%s\n' "${chosen[*]}"
  exit 0
fi
# Compose 1.29 wants every env_file for every word but this: down, logs and clean must not fail where nothing came up yet.
# A restore asks for the version before it has looked at its archive, and has written nothing when that is damaged.
if [ "${1:-}" != version ] && { [ ! -e .env ] || [ ! -e secrets/oauth.env ]; }; then compose/setup/files.sh >&2; fi
# Where .env is silent, config.yaml speaks.
for name in JUPYTERHUB_IP JUPYTERHUB_PORT DOCKER_NETWORK_NAME COMPOSE_FILE ACME_HOSTS ACME_EMAIL ACME_SERVER; do
  value=$(setting "$name")
  [ -z "$value" ] || export "$name=$value"
done
if [ -e config.yaml ] || [ -e config.d ]; then
  BERTH_CONFIG_INPUTS=$(cat config.yaml config.d/*.yaml config.d/*.yml 2>/dev/null | sha256sum | cut -c1-16 || true)
  export BERTH_CONFIG_INPUTS
fi
# Behind a front server nobody else needs the proxy's own port.
if overlay nginx || overlay apache; then JUPYTERHUB_IP=${JUPYTERHUB_IP:-127.0.0.1}; fi
[ -z "${JUPYTERHUB_IP:-}" ] || export BERTH_PUBLISH="$JUPYTERHUB_IP:"
exec "${chosen[@]}" "$@"
