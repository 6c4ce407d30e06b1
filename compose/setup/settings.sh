# Sourced: where the project is, and what its settings say.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD_DIR=$ROOT/compose/build
export ROOT BUILD_DIR

# What config.yaml says of ports and names that Compose has to know; check-settings.sh writes it.
FROM_CONFIG=$BUILD_DIR/from-config.env

# setting NAME [DEFAULT]: the environment wins over .env, as Compose does it when it fills in compose.yaml.
# Of a name given twice Compose takes the last; check-env.sh refuses such a file anyway.
setting() {
  local name=$1 default=${2:-} value=''
  if [ -n "${!name:-}" ]; then
    value=${!name}
  elif [ -r "$ROOT/.env" ]; then
    value=$(sed -n "s/^[[:space:]]*${name}[[:space:]]*=[[:space:]]*//p" "$ROOT/.env" | tail -n 1 | sed "s/[[:space:]]*$//; s/^\"\\(.*\\)\"$/\\1/; s/^'\\(.*\\)'$/\\1/")
  fi
  if [ -z "$value" ] && [ -r "$FROM_CONFIG" ]; then
    value=$(sed -n "s/^${name}=//p" "$FROM_CONFIG" | tail -n 1)
  fi
  printf '%s' "${value:-$default}"
}

# overlay NAME: whether COMPOSE_FILE in .env names compose/NAME.yaml.
overlay() { case :$(setting COMPOSE_FILE): in *compose/$1.yaml:*) return 0 ;; *) return 1 ;; esac; }

# The label on every container, volume and network that Berth makes on the engine; its value tells one Berth from another.
LABEL=org.berth.hub
export LABEL
instance() { setting COMPOSE_PROJECT_NAME berth; }

# servers_of OPTION…: people's servers, as `docker ps` or `docker service ls` tells them.
servers_of() {
  local which=(ps)
  if overlay swarm; then which=(service ls); fi
  docker "${which[@]}" "$@" --filter "label=$LABEL=$(instance)" --filter label=org.berth.user
}

# containers_of SERVICE OPTION…: `docker ps` of hub or proxy on this machine, whichever brought them up; the newest first.
containers_of() {
  local service=$1
  shift
  if overlay swarm; then
    docker ps "$@" --filter "label=com.docker.swarm.service.name=$(instance)_$service"
  else
    docker ps "$@" --filter "label=com.docker.compose.project=$(instance)" --filter "label=com.docker.compose.service=$service"
  fi
}
