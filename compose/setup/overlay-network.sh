#!/usr/bin/env bash
# overlay-network.sh NAME: the network that reaches over all machines of the Swarm, made when it is missing. One that is
# there stays as it is, so whoever wants it encrypted makes it so (docs/how-to/many-machines.md).
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
network=$1

state=$(docker info -f '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}')
case $state in
  'active true') ;;
  active*) fail 'This machine is a worker of its Swarm, and the hub runs on a manager.' "Run make up on a manager ('docker node ls' there names them), or on a manager: docker node promote $(hostname)" ;;
  *)
    address=$({ hostname -I 2>/dev/null || true; } | tr ' ' '\n' | sed -n 1p)
    fail 'This machine is in no Docker Swarm yet.' "docker swarm init --advertise-addr ${address:-ADDRESS} makes it the first one; it prints what to type on the others. Then run make up again."
    ;;
esac

kind=$(docker network inspect -f '{{.Driver}} {{.Attachable}}' "$network" 2>/dev/null || true)
case $kind in
  'overlay true') say "network $network: there." ;;
  '')
    docker network create --driver overlay --attachable --label "$LABEL=$(instance)" "$network" >/dev/null ||
      fail "The network $network could not be made." "'docker network ls' shows what is there."
    say "network $network: made, over all machines of the Swarm."
    ;;
  overlay*) fail "The network $network takes in no single containers." "Make it anew with --attachable, or name another one in .env (DOCKER_NETWORK_NAME=…)." ;;
  *) fail "The network $network is one of this machine only (${kind% *})." "When no server of the time before is on it: docker network rm $network, then make up. Or name another one in .env: DOCKER_NETWORK_NAME=berth-machines" ;;
esac
