#!/usr/bin/env bash
# Writes .env, userlist and the files in secrets/ where they are missing. What is there stays as it is.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

# write FILE COMMAND…: whole or not at all; nobody else may read it.
write() {
  local file=$1
  shift
  (umask 077 && "$@" >"$file.new") || { rm -f "$file.new" && fail "$file could not be written." "See that $(id -un) may write to $(dirname "$ROOT/$file") and that its disk has room, then run make again."; }
  mv "$file.new" "$file"
  say "$file: written."
}

# 32 random bytes, hex; needs no openssl.
random_word() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

[ -w "$ROOT" ] || fail "$(id -un) may not write to $ROOT." "Run 'sudo make up', or give yourself the folder: sudo chown -R $(id -un) $ROOT"
[ -e .env ] || write .env cat .env.example
if [ ! -e userlist ]; then
  write userlist cat userlist.example
  # No secret, and the hub reads it as another user.
  chmod 0644 userlist
fi
mkdir -p secrets
[ -s secrets/proxy_auth_token ] || write secrets/proxy_auth_token random_word
[ -s secrets/cookie_secret ] || write secrets/cookie_secret random_word
# Seals what providers tell at sign-in.
[ -s secrets/crypt_key ] || write secrets/crypt_key random_word
# Empty is plain HTTP for a front server; Docker would make folders of missing files.
[ -e secrets/jupyterhub.crt ] || write secrets/jupyterhub.crt true
[ -e secrets/jupyterhub.key ] || write secrets/jupyterhub.key true
if { { overlay tls && ! overlay acme; } || overlay swarm-tls; } && { [ ! -s secrets/jupyterhub.crt ] || [ ! -s secrets/jupyterhub.key ]; }; then
  fail 'COMPOSE_FILE asks for TLS, and there is no certificate.' 'Put it (PEM, with its chain) into secrets/jupyterhub.crt and its key into secrets/jupyterhub.key, or let it come by itself (compose/acme.yaml), then run make again.'
fi
# May stay empty: Compose 1.29 knows no optional env_file.
[ -e secrets/oauth.env ] || write secrets/oauth.env true
