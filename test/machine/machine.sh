#!/usr/bin/env bash
# A throw-away Debian machine (MACHINE_SUITE, default bookworm) in a folder: its own mount, pid, host-name and network namespaces, its own (absent) engine,
# its own firewall. It has git and make, and nothing of Berth. Needs root; leaves nothing behind.
#
#   machine.sh create FOLDER REPO    makes it; REPO (a git repository) is seen inside, read-only, as /mnt/repo
#   machine.sh run FOLDER COMMAND…   runs a command inside, with a login's environment
#   machine.sh address FOLDER        prints the address under which this machine reaches it
#   machine.sh unplug FOLDER         takes its way to the outside away (no route); plug gives it back
#   machine.sh remove FOLDER         ends everything in it and deletes it
set -euo pipefail

verb=$1 folder=$2
shift 2
root=$folder/root
here=$(cd "$(dirname "$0")" && pwd)
# Debian as debootstrap leaves it, kept between runs: that part is not what is tested.
: "${MACHINE_SUITE:=bookworm}"
cache=$here/../output/machine-$MACHINE_SUITE.tar
: "${LIFETIME_S:=3600}"

name() { cat "$folder/name"; }
subnet() { cat "$folder/subnet"; }
way_out() { ip -o route get "$(awk '$1 == "nameserver" { print $2; exit }' /etc/resolv.conf)" | sed -n 's/.* dev \([^ ]*\).*/\1/p'; }

# The mirror that this machine's apt is configured with, in either format of its lists.
mirror() {
  { sed -n 's/^deb \(\[[^]]*\] \)\?\(http[^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null || true
    awk '/^URIs:/ { print $2 }' /etc/apt/sources.list.d/debian*.sources 2>/dev/null || true; } | head -n 1
}

base() {
  [ ! -s "$cache" ] || return 0
  local work
  work=$(mktemp -d /var/tmp/berth-machine.XXXXXX)
  mkdir -p "$(dirname "$cache")"
  timeout 600 debootstrap --variant=minbase --include=git,make,ca-certificates,iproute2 "$MACHINE_SUITE" "$work/root" "$(mirror)" >"$work/log" 2>&1 ||
    { tail -n 5 "$work/log" >&2 && rm -rf "$work" && return 1; }
  rm -rf "$work"/root/var/cache/apt/archives/*.deb
  tar -C "$work/root" --numeric-owner -cf "$cache.new" .
  mv "$cache.new" "$cache"
  rm -rf "$work"
}

# A /30 that no interface here uses.
choose_subnet() {
  local n
  for n in $(seq 0 62); do
    [ -n "$(ip -o addr show to "10.213.7.$((n * 4 + 1))")" ] || { echo "10.213.7.$((n * 4))" && return; }
  done
  echo 'no free subnet' >&2
  return 1
}

connect() {
  local ns host peer net=${1%.*} last=${1##*.}
  ns=$(name) host=$(name)h peer=$(name)m
  ip netns add "$ns"
  ip link add "$host" type veth peer name "$peer"
  ip link set "$peer" netns "$ns"
  ip addr add "$net.$((last + 1))/30" dev "$host"
  ip link set "$host" up
  ip -n "$ns" link set lo up
  ip -n "$ns" addr add "$net.$((last + 2))/30" dev "$peer"
  ip -n "$ns" link set "$peer" up
  ip -n "$ns" route add default via "$net.$((last + 1))"
  sysctl -qw net.ipv4.ip_forward=1
  firewall -A -I
}

# firewall NAT-VERB FORWARD-VERB: rules of our own subnet only; an engine here has set FORWARD to DROP.
firewall() {
  local net
  net=$(subnet)/30
  iptables -t nat "$1" POSTROUTING -s "$net" -o "$(way_out)" -j MASQUERADE
  iptables "$2" FORWARD -s "$net" -j ACCEPT
  iptables "$2" FORWARD -d "$net" -j ACCEPT
}

# Process 1 of the machine: waits, reaps, and ends by itself. Killing it ends everything inside, containers too.
boot() {
  cat >"$folder/boot" <<BOOT
set -e
mount --make-rprivate /
mount --bind '$root' '$root'
mount -t proc proc '$root/proc'
mount -t sysfs sysfs '$root/sys'
mount --rbind /sys/fs/cgroup '$root/sys/fs/cgroup'
mount --rbind /dev '$root/dev'
mount -t tmpfs -o mode=755 tmpfs '$root/run'
mkdir -p '$root/mnt/repo'
mount --bind -o ro '$1' '$root/mnt/repo'
hostname fresh
# Not chroot alone: \`docker exec\` enters a container by way of the namespace's true root.
mkdir -p '$root/.before'
cd '$root'
pivot_root . .before
exec chroot . /bin/bash -c 'umount -l /.before; rmdir /.before; touch /run/booted; trap : CHLD; end=\$((SECONDS + $LIFETIME_S)); while [ \$SECONDS -lt \$end ]; do sleep 5 & wait \$! || true; done'
BOOT
  setsid nsenter --net="/var/run/netns/$(name)" unshare --mount --pid --uts --fork --kill-child \
    bash "$folder/boot" >"$folder/boot.log" 2>&1 </dev/null &
  local outer=$! tries
  for tries in $(seq 100); do
    if ! kill -0 "$outer" 2>/dev/null; then break; fi
    # The child of unshare is process 1 inside.
    tr -d " " <"/proc/$outer/task/$outer/children" >"$folder/pid" 2>/dev/null || true
    if [ -s "$folder/pid" ] && [ -e "/proc/$(cat "$folder/pid")/root/run/booted" ]; then
      echo "$outer" >"$folder/outer"
      return
    fi
    sleep 0.1
  done
  echo "the machine did not boot (after $tries looks): $(cat "$folder/boot.log")" >&2
  return 1
}

create() {
  local repo=$1
  base
  mkdir -p "$root"
  tar -C "$root" --numeric-owner -xf "$cache"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # What this machine trusts, the fresh one trusts too: they are behind the same wall.
  [ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  echo fresh >"$root/etc/hostname"
  echo '127.0.0.1 localhost fresh' >"$root/etc/hosts"
  echo "bm$((RANDOM % 10000))" >"$folder/name"
  choose_subnet >"$folder/subnet"
  connect "$(subnet)"
  boot "$repo"
}

run() {
  local pid
  pid=$(cat "$folder/pid")
  nsenter --target "$pid" --mount --pid --uts --net --root \
    env -C /root -i HOME=/root USER=root LANG=C.UTF-8 TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    ${NPM_CONFIG_REGISTRY:+"NPM_CONFIG_REGISTRY=$NPM_CONFIG_REGISTRY"} ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} "$@"
}

remove() {
  if [ -s "$folder/pid" ] && kill -0 "$(cat "$folder/pid")" 2>/dev/null; then
    # The engine removes its containers' cgroups; killed, it would leave them on this machine.
    run timeout 60 bash -c 'command -v docker >/dev/null && docker ps -aq | xargs -r docker rm -f' >/dev/null 2>&1 || true
    kill -KILL "$(cat "$folder/pid")" || true
    local tries
    for tries in $(seq 100); do
      kill -0 "$(cat "$folder/pid")" 2>/dev/null || break
      sleep 0.1
    done
  fi
  if [ -s "$folder/subnet" ]; then firewall -D -D 2>/dev/null || true; fi
  if [ -s "$folder/name" ]; then
    ip link del "$(name)h" 2>/dev/null || true
    ip netns del "$(name)" 2>/dev/null || true
  fi
  # Never across a mount: if one is left, better a folder too many than this machine's /dev.
  rm -rf --one-file-system "$folder"
}

case $verb in
  create) create "$@" ;;
  run) run "$@" ;;
  address) echo "$(subnet | sed 's/\.[0-9]*$//').$(($(subnet | sed 's/.*\.//') + 2))" ;;
  unplug) ip -n "$(name)" route del default ;;
  plug) ip -n "$(name)" route add default via "$(subnet | sed 's/\.[0-9]*$//').$(($(subnet | sed 's/.*\.//') + 1))" ;;
  remove) remove ;;
  *) echo "machine.sh: no verb $verb" >&2 && exit 2 ;;
esac
