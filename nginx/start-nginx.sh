#!/bin/sh
# Starts nginx: with TLS when there is a certificate, else on plain HTTP, as behind another server that has one.
set -eu
. /etc/berth/certificates.sh

write_servers() {
  challenges='location ^~ /.well-known/acme-challenge/ { root /run/certificates/challenges; default_type application/octet-stream; }'
  if link_certificate; then
    cat >/tmp/servers.new <<CONF
server {
  listen 8080;
  listen [::]:8080;
  $challenges
  location / { return 308 https://\$host$(tls_port)\$request_uri; }
}
server {
  listen 8443 ssl;
  listen [::]:8443 ssl;
  http2 on;
  ssl_certificate $TLS/jupyterhub.crt;
  ssl_certificate_key $TLS/jupyterhub.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:tls:10m;
  ssl_session_tickets off;
  location / { proxy_pass http://berth; }
}
CONF
  else
    echo 'secrets/jupyterhub.crt and .key are empty or missing: plain HTTP.' >&2
    cat >/tmp/servers.new <<CONF
server {
  listen 8080;
  listen [::]:8080;
  $challenges
  location / { proxy_pass http://berth; }
}
CONF
  fi
  mv /tmp/servers.new /tmp/servers.conf
}

# Servers before this one, whose word of the browser is believed: addresses or ranges with commas between.
write_believed() {
  : >/tmp/believed.conf
  : >/tmp/believed.geo
  for address in $(printf '%s' "${TRUSTED_PROXIES:-}" | tr ',' ' '); do
    echo "set_real_ip_from $address;" >>/tmp/believed.conf
    echo "$address 1;" >>/tmp/believed.geo
  done
}

# Workers that still serve end with their last connection: a renewal closes none.
reload() {
  write_servers
  nginx -q -t -c /etc/berth/nginx.conf && nginx -s reload -c /etc/berth/nginx.conf
}

write_servers
write_believed
follow_certificate reload &
exec nginx -c /etc/berth/nginx.conf -g 'daemon off;'
