#!/bin/bash
# gate.sh LISTEN TARGET COMMAND…: runs COMMAND, a web server without a lock of its own that listens on this container's
# loopback at TARGET, behind an nginx on all addresses at LISTEN (ports both). Where DOOR_TOKEN says a secret, nobody gets to
# it but who brings that in the header X-Door-Token: the proxy does (token_header in the profile), a neighbour on the
# notebooks' network cannot. Only /healthz is free.
set -euo pipefail
listen=$1 target=$2
shift 2
place=$(mktemp -d)
check=''
if [ -n "${DOOR_TOKEN:-}" ]; then
  [[ $DOOR_TOKEN =~ ^[A-Za-z0-9._~+/=-]+$ ]] || { echo 'gate: DOOR_TOKEN may hold letters, digits and ._~+/=- only.' >&2; exit 1; }
  check="if (\$http_x_door_token != \"$DOOR_TOKEN\") { return 403; }"
fi
(
  umask 077
  cat >"$place/nginx.conf" <<EOF
daemon off;
pid $place/pid;
error_log stderr warn;
worker_processes 1;
events { worker_connections 2048; }
http {
  access_log off;
  server_tokens off;
  client_body_temp_path $place/body;
  proxy_temp_path $place/proxy;
  fastcgi_temp_path $place/fastcgi;
  uwsgi_temp_path $place/uwsgi;
  scgi_temp_path $place/scgi;
  map \$http_upgrade \$connection_upgrade { default upgrade; '' ''; }
  client_max_body_size 0;
  proxy_buffering off;
  proxy_request_buffering off;
  proxy_http_version 1.1;
  proxy_read_timeout 24h;
  proxy_send_timeout 24h;
  proxy_set_header Host \$http_host;
  proxy_set_header Upgrade \$http_upgrade;
  proxy_set_header Connection \$connection_upgrade;
  # The program has no use for the secret, and what it runs could read it.
  proxy_set_header X-Door-Token '';
  server {
    listen $listen;
    location = /healthz { proxy_pass http://127.0.0.1:$target; }
    location / {
      $check
      proxy_pass http://127.0.0.1:$target;
    }
  }
}
EOF
)
nginx -e stderr -c "$place/nginx.conf" &
unset DOOR_TOKEN
exec "$@"
