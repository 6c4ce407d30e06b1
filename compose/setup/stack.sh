#!/usr/bin/env bash
# What compose.sh asks of Compose, asked of a Docker Swarm instead (COMPOSE_FILE=compose/swarm.yaml in .env):
#   stack.sh up [-d …] [hub]      deploys, and waits until the Swarm has replaced what changed; `hub`: leaves the proxy as it is
#   stack.sh down [--volumes …]   hub and proxy go, people's servers stay
#   stack.sh ps -q SERVICE, exec [-T] SERVICE COMMAND…, logs [OPTION…] [SERVICE], stop [-t N] SERVICE, version
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

name=$(instance)
verb=${1:-}
[ $# -eq 0 ] || shift

# The first eight letters of what its content comes to: a Swarm's secret never changes.
word_of() { printf -- '-%s' "$(cat "$@" 2>/dev/null | sha256sum | cut -c1-8)"; }
untagged() { case ${1##*/} in *:*) printf '%s' "${1%:*}" ;; *) printf '%s' "$1" ;; esac; }
# An image under a name that tells its content: the Swarm replaces a service when its image's name is another one.
pinned() {
  local id
  id=$(docker image inspect -f '{{.Id}}' "$1" 2>/dev/null) || fail "The image $1 is not on this engine." 'make build makes it.'
  docker tag "$1" "$(untagged "$1"):content-${id:7:12}"
  printf '%s:content-%s' "$(untagged "$1")" "${id:7:12}"
}
image_in() { docker service inspect -f '{{.Spec.TaskTemplate.ContainerSpec.Image}}' "${name}_$1" 2>/dev/null || true; }

settings_for_stack() {
  local each
  export COMPOSE_PROJECT_NAME=$name
  for each in BERTH_UID BERTH_GID DOCKER_GID DOCKER_SOCKET DOCKER_NETWORK_NAME DATA_VOLUME_HOST JUPYTERHUB_PORT HTTP_PORT TRUSTED_PROXIES; do
    export "$each=$(setting "$each")"
  done
  # Of the hub's container, as machine.sh writes it: one of this shell's own is a path of this machine.
  NODE_EXTRA_CA_CERTS=$(unset NODE_EXTRA_CA_CERTS && setting NODE_EXTRA_CA_CERTS)
  BERTH_IMAGE=$(pinned "$(setting BERTH_IMAGE berth:latest)")
  BERTH_PROXY_IMAGE=$(pinned "$(setting BERTH_PROXY_IMAGE berth-proxy:latest)")
  BERTH_PLACE=node.id==$(docker info -f '{{.Swarm.NodeID}}')
  export NODE_EXTRA_CA_CERTS BERTH_IMAGE BERTH_PROXY_IMAGE BERTH_PLACE
  # A secret may not be empty.
  mkdir -p "$BUILD_DIR/swarm"
  (umask 077 && { echo '# secrets/oauth.env' && cat secrets/oauth.env; } >"$BUILD_DIR/swarm/oauth.env")
  OAUTH_ENV_SECRET_FILE=$BUILD_DIR/swarm/oauth.env
  PROXY_AUTH_TOKEN_WORD=$(word_of secrets/proxy_auth_token)
  COOKIE_SECRET_WORD=$(word_of secrets/cookie_secret)
  CRYPT_KEY_WORD=$(word_of secrets/crypt_key)
  ENV_WORD=$(word_of .env)
  OAUTH_ENV_WORD=$(word_of "$OAUTH_ENV_SECRET_FILE")
  export OAUTH_ENV_SECRET_FILE PROXY_AUTH_TOKEN_WORD COOKIE_SECRET_WORD CRYPT_KEY_WORD ENV_WORD OAUTH_ENV_WORD
  if [ -e config.yaml ] || [ -e config.d ]; then BERTH_CONFIG_INPUTS=$(word_of config.yaml config.d/*.yaml config.d/*.yml || true); fi
  export BERTH_CONFIG_INPUTS=${BERTH_CONFIG_INPUTS:-}
}

# Which of Compose's files the Swarm takes: swarm.yaml, and those that one writes for it. Its own first one is Compose's.
stack_files() {
  local file
  for file in $(setting COMPOSE_FILE | tr ':' ' '); do
    case $file in
      compose.yaml) ;;
      compose/swarm*.yaml | *.swarm.yaml) printf -- '-c\n%s\n' "$file" ;;
      *) fail "$file in COMPOSE_FILE is for one machine, and a Swarm does not take it." 'Name compose/swarm.yaml and files called *.swarm.yaml only; docs/how-to/many-machines.md says what stands in their place.' ;;
    esac
  done
}

# Until the Swarm has replaced what it replaces. It goes back by itself when the new one does not get well.
settle() {
  local service state until=$((SECONDS + 240))
  for service in proxy hub; do
    while :; do
      state=$(docker service inspect -f '{{with .UpdateStatus}}{{.State}}{{end}}' "${name}_$service" 2>/dev/null || true)
      case $state in
        updating | rollback_started) ;;
        rollback_* | paused) fail "The new $service did not get well, and the Swarm has put back what ran before ($state)." "Read 'make logs' and 'docker service ps ${name}_$service'." ;;
        *) break ;;
      esac
      [ "$SECONDS" -lt "$until" ] || fail "The Swarm has not replaced $service in 240 s." "See 'docker service ps ${name}_$service'."
      sleep 0.5
    done
  done
}

# Names of content that no service runs and none would go back to.
drop_old_images() {
  local kept tag repository
  kept=$(docker service inspect -f '{{.Spec.TaskTemplate.ContainerSpec.Image}} {{with .PreviousSpec}}{{.TaskTemplate.ContainerSpec.Image}}{{end}}' "${name}_hub" "${name}_proxy")
  for repository in "$(untagged "$(setting BERTH_IMAGE berth:latest)")" "$(untagged "$(setting BERTH_PROXY_IMAGE berth-proxy:latest)")"; do
    docker image ls --format '{{.Repository}}:{{.Tag}}' "$repository" | { grep ":content-" || true; } | while IFS= read -r tag; do
      case $kept in *"$tag"*) ;; *) docker image rm "$tag" >/dev/null 2>&1 || true ;; esac
    done
  done
}

up() {
  local runs files
  files=$(stack_files)
  settings_for_stack
  case " $* " in
    *' hub '*)
      runs=$(image_in proxy)
      [ -z "$runs" ] || BERTH_PROXY_IMAGE=$runs
      ;;
  esac
  # shellcheck disable=SC2086
  docker stack deploy --resolve-image never $files "$name"
  settle
  drop_old_images
}

down() {
  local service until=$((SECONDS + 90))
  docker stack rm "$name"
  for service in proxy hub; do
    while [ -n "$(containers_of "$service" -aq)" ]; do
      [ "$SECONDS" -lt "$until" ] || fail "The Swarm has not ended $service in 90 s." "See 'docker ps'."
      sleep 0.5
    done
  done
  case " $* " in *' --volumes '*) docker volume rm "${name}_house" >/dev/null 2>&1 || true ;; esac
}

running() { containers_of "$1" -q | sed -n 1p; }

inside() {
  local terminal=(-i -t) container
  [ "$1" != -T ] || { terminal=(-i) && shift; }
  container=$(running "$1")
  [ -n "$container" ] || fail "The $1 does not run on this machine." "'docker service ps ${name}_$1' tells where it is, and why not here."
  shift
  exec docker exec "${terminal[@]}" "$container" "$@"
}

logs() {
  local words=() services=() word
  for word in "$@"; do
    case $word in
      --no-color) ;;
      -*) words+=("$word") ;;
      *) services+=("$word") ;;
    esac
  done
  [ ${#services[@]} -gt 0 ] || services=(proxy hub)
  for word in "${services[@]}"; do docker service logs ${words[@]+"${words[@]}"} "${name}_$word" & done
  wait
}

case $verb in
  up) up "$@" ;;
  down) down "$@" ;;
  ps) running "${@: -1}" ;;
  exec) inside "$@" ;;
  logs) logs "$@" ;;
  stop) docker service scale -d "${name}_${*: -1}=0" >/dev/null ;;
  version) docker version -f '{{.Client.Version}}' ;;
  --which) echo 'docker stack' ;;
  *) fail "A Swarm is not asked for '$verb'." 'Say: up, down, ps, exec, logs, stop or version' ;;
esac
