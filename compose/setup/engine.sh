#!/usr/bin/env bash
# Makes sure that a Docker Engine answers and that Compose is there; on Debian and Ubuntu it installs what is missing.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"

reason=''
engine_answers() {
  local version
  if version=$(timeout 15 docker version -f '{{.Server.Version}}' 2>&1); then
    engine=$version
    return 0
  fi
  reason=$version
  return 1
}

debian_like() {
  [ -r /etc/os-release ] || return 1
  # shellcheck source=/dev/null
  (. /etc/os-release && case " ${ID:-} ${ID_LIKE:-} " in *' debian '* | *' ubuntu '*) exit 0 ;; *) exit 1 ;; esac)
}

# install WHAT PACKAGE…
install() {
  local what=$1
  shift
  debian_like ||
    fail "No $what here, and this is neither Debian nor Ubuntu, whose packages this set-up knows." \
      "Install Docker Engine (20.10 or newer) and Docker Compose as your distribution or docs.docker.com/engine/install says, start the engine, then run make again."
  [ "$(id -u)" = 0 ] || fail "No $what here, and installing it takes root." "Run 'sudo make up' once, or have an administrator install: $*."
  say "$what: not here, installing $* from this distribution's packages."
  DEBIAN_FRONTEND=noninteractive run_logged engine 900 apt-get install -y -q --no-install-recommends "$@" ||
    explain engine "$what could not be installed"
}

update_lists() {
  [ -z "${lists_updated:-}" ] || return 0
  lists_updated=1
  debian_like && [ "$(id -u)" = 0 ] || return 0
  say 'packages: asking the mirror what it has.'
  run_logged engine 300 apt-get -o APT::Update::Error-Mode=any -o Acquire::Retries=1 update -q ||
    explain engine 'The lists of packages could not be fetched'
}

# Not `| grep -q`: it leaves early, apt-cache dies of it, and pipefail calls that a no.
has_candidate() { [ -n "$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: \([^(].*\)$/\1/p')" ]; }

# The first of these packages that the distribution has: Ubuntu's v2, Docker's own plugin, Debian's.
compose_package() {
  local name
  for name in docker-compose-v2 docker-compose-plugin docker-compose; do
    if has_candidate "$name"; then echo "$name" && return; fi
  done
  echo docker-compose
}

install_engine() {
  update_lists
  local packages=(docker.io iptables)
  # Since Debian 13 the client is a package of its own.
  if debian_like && has_candidate docker-cli; then packages+=(docker-cli); fi
  # A kernel with AppArmor runs no container without its parser.
  if grep -qs Y /sys/module/apparmor/parameters/enabled; then packages+=(apparmor); fi
  install 'Docker Engine' "${packages[@]}"
}

# A pid file that outlived its process stops dockerd when the number belongs to somebody else by now.
drop_stale_pid_files() {
  local file pid
  for file in /var/run/docker.pid /var/run/docker/containerd/containerd.pid; do
    [ -r "$file" ] || continue
    pid=$(cat "$file")
    if ! grep -qsE '^(dockerd|containerd)$' "/proc/$pid/comm"; then
      say "engine: $file is left from a process that is gone, removing it."
      rm -f "$file"
    fi
  done
}

wait_for_engine() {
  local deadline=$((SECONDS + $1))
  while ! engine_answers; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 1
  done
}

start_engine() {
  [ "$(id -u)" = 0 ] || fail 'The Docker Engine does not run, and starting it takes root.' "Run 'sudo make up', or have an administrator start Docker."
  if [ -d /run/systemd/system ]; then
    say 'engine: starting it with systemctl.'
    systemctl enable --now docker >/dev/null 2>&1 && wait_for_engine 60 && return
  fi
  drop_stale_pid_files
  if [ ! -d /run/systemd/system ] && [ -x /etc/init.d/docker ] && command -v service >/dev/null; then
    say 'engine: starting it with service.'
    service docker start >/dev/null 2>&1 9>&- && wait_for_engine 20 && return
    service docker stop >/dev/null 2>&1 || true
    drop_stale_pid_files
  fi
  say 'engine: no service manager starts it, starting dockerd itself (log: /var/log/berth-dockerd.log).'
  mountpoint -q /sys/fs/cgroup || ! command -v cgroupfs-mount >/dev/null || cgroupfs-mount || true
  setsid nohup dockerd >>/var/log/berth-dockerd.log 2>&1 </dev/null 9>&- &
  wait_for_engine 60 && return
  tail -n 5 /var/log/berth-dockerd.log 2>/dev/null | sed 's/^/       | /' >&2
  fail 'The Docker Engine is installed but did not start within 60 s.' 'Read /var/log/berth-dockerd.log (or: journalctl -u docker), mend what it names, then run make again.'
}

command -v docker >/dev/null 2>&1 || install_engine
command -v docker >/dev/null 2>&1 || fail 'The Docker Engine was installed without its client, the command docker.' "Install it (on Debian the package is docker-cli), then run make again."
if ! engine_answers; then
  case $reason in
    *[Pp]ermission\ denied*)
      fail "The Docker Engine runs, but you ($(id -un)) have no right to use its socket." \
        "Run 'sudo make up', or join the group docker ('sudo usermod -aG docker $(id -un)', then sign in again)."
      ;;
  esac
  [ -z "${DOCKER_HOST:-}" ] || fail "The Docker Engine at DOCKER_HOST=$DOCKER_HOST does not answer." 'Start it there, or unset DOCKER_HOST to use the one of this machine.'
  command -v dockerd >/dev/null 2>&1 || install_engine
  start_engine
fi
say "engine: Docker $engine answers."

if ! "$here/compose.sh" --which >/dev/null; then
  update_lists
  install 'Docker Compose' "$(compose_package)"
  "$here/compose.sh" --which >/dev/null ||
    fail 'Docker Compose was installed, but neither docker compose nor docker-compose can be run.' "Try 'docker compose version' by hand and mend what it says."
fi
say "compose: $("$here/compose.sh" --which), $("$here/compose.sh" version --short 2>/dev/null | sed -n 1p)."
