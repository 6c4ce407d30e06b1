#!/bin/sh
# Starts nginx: with TLS when there is a certificate, else on plain HTTP, as behind another server that has one.
set -eu
if [ -s /run/secrets/jupyterhub.crt ] && [ -s /run/secrets/jupyterhub.key ]; then
  # The port that people type, for the redirect: 443 goes without saying.
  port=":${HTTPS_PORT:-443}"
  [ "$port" != :443 ] || port=''
  cat >/tmp/servers.conf <<CONF
server {
  listen 8080;
  listen [::]:8080;
  location / { return 308 https://\$host$port\$request_uri; }
}
server {
  listen 8443 ssl;
  listen [::]:8443 ssl;
  ssl_certificate /run/secrets/jupyterhub.crt;
  ssl_certificate_key /run/secrets/jupyterhub.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:tls:10m;
  ssl_session_tickets off;
  location / { proxy_pass http://berth; }
}
CONF
else
  echo 'secrets/jupyterhub.crt and .key are empty or missing: plain HTTP.' >&2
  cat >/tmp/servers.conf <<CONF
server {
  listen 8080;
  listen [::]:8080;
  location / { proxy_pass http://berth; }
}
CONF
fi
exec nginx -c /etc/berth/nginx.conf -g 'daemon off;'
