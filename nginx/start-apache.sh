#!/bin/sh
# Starts Apache: with TLS when there is a certificate, else on plain HTTP, as behind another server that has one.
set -eu
. /etc/berth/certificates.sh

link_certificate || echo 'secrets/jupyterhub.crt and .key are empty or missing: plain HTTP.' >&2
BERTH_TLS_PORT=$(tls_port)
export BERTH_TLS_PORT

# Servers before this one, whose word of the browser is believed: addresses or ranges with commas between.
: >/tmp/believed.conf
if [ -n "${TRUSTED_PROXIES:-}" ]; then
  addresses=$(printf '%s' "$TRUSTED_PROXIES" | tr ',' ' ')
  # What they said of themselves is taken away from the list; from others it was taken away before.
  cat >/tmp/believed.conf <<CONF
LoadModule remoteip_module modules/mod_remoteip.so
RemoteIPHeader X-Forwarded-For
RemoteIPInternalProxy $addresses
CONF
  for address in $addresses; do printf "SetEnvIfExpr \"%%{CONN_REMOTE_ADDR} -ipmatch '%s'\" BERTH_BELIEVED\n" "$address"; done >/tmp/believed-proxy.conf
else
  : >/tmp/believed-proxy.conf
fi

# Processes that still serve end with their last connection: a renewal closes none. A certificate that Apache could not
# take would end it, so the two files are looked at first.
reload() {
  [ "$(openssl x509 -in "$TLS/jupyterhub.crt" -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in "$TLS/jupyterhub.key" -pubout 2>/dev/null)" ] || return 1
  kill -USR1 1
}

follow_certificate reload &
exec apache2 -d /usr/lib/apache2 -f /etc/berth/apache.conf -DFOREGROUND
