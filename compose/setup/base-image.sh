#!/usr/bin/env bash
# BASE_IMAGE: used if it is present, else pulled, else made with debootstrap from the Debian mirror of this machine.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"

image=$(setting BASE_IMAGE debian:trixie-slim)
if docker image inspect "$image" >/dev/null 2>&1; then
  say "base image $image: there."
  exit 0
fi
say "base image $image: not here, pulling it."
if run_logged pull 120 docker pull -q "$image"; then
  say "base image $image: pulled."
  exit 0
fi

case $image in
  debian:trixie | debian:trixie-slim) suite=trixie ;;
  debian:bookworm | debian:bookworm-slim) suite=bookworm ;;
  *) explain pull "The base image $image cannot be pulled, and set-up knows how to make Debian's only (debian:trixie-slim)" ;;
esac
say "base image $image: no registry in reach, making it with debootstrap."
[ "$(id -u)" = 0 ] || fail "No registry is in reach, and making the base image with debootstrap takes root." "Run 'sudo make build' once, or load the image: docker load -i <file with $image>."
if ! command -v debootstrap >/dev/null 2>&1; then
  command -v apt-get >/dev/null 2>&1 || fail 'No registry is in reach, and this distribution has no apt to get debootstrap with.' "Load the image from another machine: docker save $image | ssh this-machine docker load"
  say 'debootstrap: not here, installing it.'
  export DEBIAN_FRONTEND=noninteractive
  { run_logged debootstrap 300 apt-get -o APT::Update::Error-Mode=any -o Acquire::Retries=1 update -q &&
    run_logged debootstrap 300 apt-get install -y -q --no-install-recommends debootstrap debian-archive-keyring; } ||
    explain debootstrap 'debootstrap could not be installed'
fi

# sources SUITE-PATTERN: the first address that apt is configured with for such a suite, in either format of its lists.
source_of() {
  {
    # Newer Debians have no sources.list, which is no fault.
    { find /etc/apt/sources.list /etc/apt/sources.list.d -name '*.list' -exec cat {} + 2>/dev/null || true; } |
      sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) \([^ ]*\) .*/\2 \3/p'
    { find /etc/apt/sources.list.d -name '*.sources' -exec cat {} + 2>/dev/null || true; } |
      awk '/^URIs:/ { uri = $2 } /^Suites:/ { for (i = 2; i <= NF; i++) print uri, $i }'
  } | awk -v pattern="$1" '$2 ~ pattern && $1 ~ /^(http|https|file|ftp):/ { sub(/\/$/, "", $1); print $1; exit }'
}
mirror=$(setting DEBIAN_MIRROR) security=''
# shellcheck source=/dev/null
if [ -z "$mirror" ] && [ "$(. /etc/os-release && echo "${ID:-}")" = debian ]; then
  mirror=$(source_of '^(bookworm|trixie|forky|sid|stable|testing|unstable)$')
  security=$(source_of '-security$')
fi
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || fail "The keys of Debian's archive are not on this machine." 'Install the package debian-archive-keyring, then run make again.'
script=/usr/share/debootstrap/scripts/$suite
[ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid

work=$(mktemp -d "${TMPDIR:-/var/tmp}/berth-base.XXXXXX")
trap 'rm -rf "$work"' EXIT
# apt's own proxy, when it has one.
http_proxy=${http_proxy:-$(apt-config shell proxy Acquire::http::Proxy 2>/dev/null | sed "s/^proxy='\\(.*\\)'$/\\1/")}
export http_proxy
[ -n "$http_proxy" ] || unset http_proxy
run_logged debootstrap 900 debootstrap --variant=minbase --keyring="$keyring" "$suite" "$work/root" ${mirror:+"$mirror"} "$script" ||
  explain debootstrap "The base image $image could not be made"
# Where debootstrap chose the mirror by itself it wrote it down.
mirror=${mirror:-$(awk '$1 == "deb" { print $2; exit }' "$work/root/etc/apt/sources.list")}
{
  echo "deb $mirror $suite main"
  echo "deb $mirror $suite-updates main"
  [ -z "$security" ] || echo "deb $security $suite-security main"
} >"$work/root/etc/apt/sources.list"
rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/* "$work"/root/var/log/*.log \
  "$work"/root/usr/share/{doc,man,info,locale}/* "$work"/root/dev/* "$work"/root/etc/{hostname,resolv.conf}
# What the slim images leave out stays out of what is installed on top.
printf 'path-exclude=%s\n' '/usr/share/man/*' '/usr/share/info/*' '/usr/share/locale/*' '/usr/share/doc/*' >"$work/root/etc/dpkg/dpkg.cfg.d/slim"
printf 'path-include=/usr/share/doc/*/copyright\n' >>"$work/root/etc/dpkg/dpkg.cfg.d/slim"
tar -C "$work/root" --numeric-owner -cf - . | docker import \
  --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' --change 'CMD ["bash"]' \
  --message "debootstrap --variant=minbase $suite" - "$image" >/dev/null ||
  fail "The base image $image was made but could not be imported into Docker." "See 'docker info' and the free space in $(docker_root), then run make again."
say "base image $image: made from $suite."
