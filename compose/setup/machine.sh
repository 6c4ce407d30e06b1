#!/usr/bin/env bash
# Writes into .env what only this machine knows: as whom the appliance runs, and the group of the engine's socket.
# Gives the secrets to that user. Changes nothing when nothing changed.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

# A number that belongs to nobody who signs in on this machine: what root sets up does not run as root, and no
# person's account may read its secrets. Whoever sets up without root runs it as themselves.
NOBODYS_UID=64830

socket=/var/run/docker.sock
case ${DOCKER_HOST:-} in unix://*) socket=${DOCKER_HOST#unix://} ;; esac

changed=''
# put NAME VALUE: in place when the name is there, else at the end.
put() {
  local name=$1 value=$2
  if grep -q "^$name=" .env; then
    [ "$(sed -n "s/^$name=//p" .env | tail -n 1)" != "$value" ] || return 0
    sed "s|^$name=.*|$name=$value|" .env >.env.new
  else
    grep -q '^# --- Written by make' .env || printf '\n# --- Written by make: what it found on this machine ---\n' >>.env
    { cat .env && printf '%s=%s\n' "$name" "$value"; } >.env.new
  fi
  # Not mv: owner and mode of .env are its owner's affair.
  cat .env.new >.env
  rm -f .env.new
  changed="$changed $name=$value"
}

# A last line without an end would swallow the first of ours.
[ -z "$(tail -c 1 .env)" ] || printf '\n' >>.env

if [ "$(id -u)" != 0 ]; then
  uid=$(id -u) gid=$(id -g)
else
  uid=$(setting BERTH_UID "$NOBODYS_UID") gid=$(setting BERTH_GID "$NOBODYS_UID")
fi
[ -n "$(setting COMPOSE_PROJECT_NAME)" ] || put COMPOSE_PROJECT_NAME berth
put BERTH_UID "$uid"
put BERTH_GID "$gid"
put DOCKER_GID "$(stat -Lc %g "$socket")"
[ "$socket" = /var/run/docker.sock ] || put DOCKER_SOCKET "$socket"
# At run time the hub asks providers over TLS: it has to trust whom this machine trusts.
if [ -s compose/build/context/extra-ca.crt ]; then
  put NODE_EXTRA_CA_CERTS /srv/berth/compose/build/context/extra-ca.crt
elif grep -q '^NODE_EXTRA_CA_CERTS=/srv/berth/compose/build/' .env; then
  put NODE_EXTRA_CA_CERTS ''
fi

# The kernel's bound on neighbours of all containers together: it is not seen from within one, and the doctor asks for it.
bound=$(cat "${PROC_SYS:-/proc/sys}/net/ipv4/neigh/default/gc_thresh3" 2>/dev/null || true)
case $bound in '' | *[!0-9]*) bound='' ;; esac
if [ -n "$bound" ] || grep -q '^MACHINE_NEIGHBOURS=' .env; then put MACHINE_NEIGHBOURS "$bound"; fi

for secret in secrets/proxy_auth_token secrets/cookie_secret secrets/crypt_key; do
  [ "$(stat -c %a "$secret")" = 600 ] || chmod 600 "$secret"
  [ "$(stat -c %u "$secret")" = "$uid" ] || chown "$uid:$gid" "$secret" 2>/dev/null ||
    fail "$secret belongs to $(stat -c %U "$secret") and cannot be given to uid $uid." "Run 'sudo make up', or: sudo chown $uid:$gid $secret"
done
chmod go-rwx secrets/oauth.env .env 2>/dev/null || true

# Hub, proxy and front server read these as that user. They may hold secrets: its group gets to read them, nobody else.
for file in config.yaml config.d config.d/*.yaml config.d/*.yml secrets/jupyterhub.crt secrets/jupyterhub.key; do
  [ -e "$file" ] || continue
  [ "$(stat -c %u "$file")" != "$uid" ] || continue
  case $(stat -c %a "$file") in *[4567]) continue ;; esac
  { chgrp "$gid" "$file" && chmod g+rX "$file"; } 2>/dev/null ||
    fail "$file cannot be read by the appliance, which runs as uid $uid." "Run 'sudo make up', or: sudo chgrp $gid $file && sudo chmod g+r $file"
done

# The hub reads userlist through the project's folder, as that user.
mode=$(stat -c %a .)
case $mode in
  *[1357]) ;;
  *) [ "$(stat -c %u .)" = "$uid" ] || fail "The project's folder may be entered by its owner only (mode $mode), so the hub could not read userlist." "Run: chmod a+x '$ROOT'" ;;
esac
case $(stat -c %a userlist) in
  *[4567]) ;;
  *) [ "$(stat -c %u userlist)" = "$uid" ] || fail 'userlist may be read by its owner only, so the hub could not read it.' "Run: chmod a+r '$ROOT/userlist'" ;;
esac
say "machine: the appliance runs as uid $uid${changed:+ (.env:$changed)}."
