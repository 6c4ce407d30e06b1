#!/bin/sh
# Starts Apache: with TLS when there is a certificate, else on plain HTTP, as behind another server that has one.
set -eu
tls=''
BERTH_TLS_PORT=''
if [ -s /run/secrets/jupyterhub.crt ] && [ -s /run/secrets/jupyterhub.key ]; then
  tls=-DTls
  # The port that people type, for the redirect: 443 goes without saying.
  [ "${HTTPS_PORT:-443}" = 443 ] || BERTH_TLS_PORT=":$HTTPS_PORT"
else
  echo 'secrets/jupyterhub.crt and .key are empty or missing: plain HTTP.' >&2
fi
export BERTH_TLS_PORT
exec apache2 -d /usr/lib/apache2 -f /etc/berth/apache.conf ${tls:+"$tls"} -DFOREGROUND
