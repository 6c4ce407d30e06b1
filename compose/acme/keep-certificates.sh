#!/usr/bin/env bash
# Keeps a certificate for ACME_HOSTS: gets one, renews it when a third of its time is left, puts it where the servers look.
# Until the first one is there they get a certificate of our own making: they must run for the authority's questions.
set -euo pipefail

state=/var/lib/acme shared=/run/certificates
read -r -a hosts <<<"${ACME_HOSTS//,/ }"
check=${ACME_CHECK_SECONDS:-43200}
first_pause=${ACME_RETRY_SECONDS:-900}
longest_pause=86400
case ${ACME_SERVER:-} in
  '' | production) server=https://acme-v02.api.letsencrypt.org/directory ;;
  staging) server=https://acme-staging-v02.api.letsencrypt.org/directory ;;
  *) server=$ACME_SERVER ;;
esac

say() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*" >&2; }

if [ ${#hosts[@]} -eq 0 ]; then
  say 'ACME_HOSTS is empty: for which names is the certificate? Set it in .env, such as ACME_HOSTS=hub.example.org'
  exit 2
fi
for host in "${hosts[@]}"; do
  [[ $host =~ ^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$ ]] ||
    { say "ACME_HOSTS: '$host' is no name of a host; an authority gives no certificate for an address." && exit 2; }
done
# certbot asks with Python's requests, which has a list of authorities of its own.
[ ! -s "${ACME_CA_BUNDLE:-}" ] || export REQUESTS_CA_BUNDLE=$ACME_CA_BUNDLE
umask 077
mkdir -p "$state" "$shared/challenges"
chmod 755 "$shared/challenges"

# put_in_place CERTIFICATE KEY: both at once, by one link that changes.
put_in_place() {
  local made
  made=$(mktemp -d "$shared/v.XXXXXX")
  cat "$1" >"$made/jupyterhub.crt"
  cat "$2" >"$made/jupyterhub.key"
  chmod 755 "$made" && chmod 644 "$made/jupyterhub.crt"
  ln -sfn "$(basename "$made")" "$shared/next"
  mv -T "$shared/next" "$shared/current"
  # The one before stays: a server may be reading it just now.
  find "$shared" -maxdepth 1 -name 'v.*' -mmin +60 ! -path "$made" -exec rm -rf {} +
}

# in_place CERTIFICATE: whether it is what the servers have.
in_place() { cmp -s "$1" "$shared/current/jupyterhub.crt"; }

if [ ! -s "$shared/current/jupyterhub.crt" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=${hosts[0]}" \
    -addext "subjectAltName=$(printf 'DNS:%s,' "${hosts[@]}" | sed 's/,$//')" \
    -keyout "$state/temporary.key" -out "$state/temporary.crt" 2>/dev/null
  put_in_place "$state/temporary.crt" "$state/temporary.key"
  say 'a certificate of our own making is in place until the first one comes.'
fi

# Whether our own servers answer the authority's question. They are asked first: an authority counts failures.
answered() {
  local probe=$shared/challenges/.well-known/acme-challenge
  mkdir -p "$probe"
  find "$shared/challenges" -type d -exec chmod 755 {} +
  printf 'here' >"$probe/berth-probe" && chmod 644 "$probe/berth-probe"
  [ "$(curl -sS -m 5 "http://${ACME_FRONT:?}/.well-known/acme-challenge/berth-probe" 2>/dev/null)" = here ]
}

# Whether it is time: there is none, it is for other names or of another authority, or a third of its time is left. certbot's own
# rule is not asked: Debian's version renews a certificate of six days at every look.
due() {
  local certificate=$state/live/berth/cert.pem from to
  [ -s "$certificate" ] && [ "$(cat "$state/issued" 2>/dev/null)" = "$asked_for" ] || return 0
  from=$(date -d "$(openssl x509 -in "$certificate" -noout -startdate | cut -d= -f2)" +%s)
  to=$(date -d "$(openssl x509 -in "$certificate" -noout -enddate | cut -d= -f2)" +%s)
  [ $(((to - $(date +%s)) * 3)) -lt $((to - from)) ]
}

ask() {
  local words=(certonly --non-interactive --agree-tos --webroot -w "$shared/challenges" --cert-name berth
    --config-dir "$state" --work-dir "$state/work" --logs-dir "$state/logs" --max-log-backups 20
    --server "$server" --key-type ecdsa --force-renewal --expand --renew-with-new-domains)
  if [ -n "${ACME_EMAIL:-}" ]; then words+=(-m "$ACME_EMAIL"); else words+=(--register-unsafely-without-email); fi
  for host in "${hosts[@]}"; do words+=(-d "$host"); done
  # Answers that are read by others: the authority's servers come through the front server, which is another process.
  (umask 022 && timeout 600 certbot "${words[@]}") >"$state/last.log" 2>&1
}

# When it may be asked again survives a restart of this container: a loop of restarts must not become a loop of orders.
# The file has the time, the pause that led to it, and for which names and server that was.
asked_for="$server ${hosts[*]}"
next=0 pause=0
if [ -s "$state/next" ]; then
  { read -r next pause && read -r known; } <"$state/next" || true
  [ "${known:-}" = "$asked_for" ] || next=0 pause=0
fi
remember() { printf '%s %s\n%s\n' "$next" "$pause" "$asked_for" >"$state/next.new" && mv "$state/next.new" "$state/next"; }

trap 'exit 0' TERM INT
wait_for() { sleep "$1" & wait $!; }
while :; do
  now=$(date +%s)
  if [ "$now" -lt "$next" ]; then
    wait_for $((next - now < 60 ? next - now : 60))
    continue
  fi
  if due && ! answered; then
    say "the servers before the hub do not answer on http://$ACME_FRONT yet; the authority is not asked."
    wait_for 5
    continue
  fi
  live=$state/live/berth
  if ! due || { ask && printf '%s\n' "$asked_for" >"$state/issued"; }; then
    end=$(openssl x509 -in "$live/fullchain.pem" -noout -enddate | cut -d= -f2)
    if in_place "$live/fullchain.pem"; then
      say "the certificate holds until $end."
    else
      put_in_place "$live/fullchain.pem" "$live/privkey.pem"
      say "a new certificate is in place, for ${hosts[*]}, until $end."
    fi
    # Not everybody at the same minute of the day.
    pause=0 next=$(($(date +%s) + check + RANDOM % (check / 10 + 1)))
  else
    pause=$((pause == 0 ? first_pause : pause * 2))
    # The authority has said that it is too much.
    ! grep -qiE 'rateLimited|too many' "$state/last.log" || pause=$((pause < 14400 && first_pause >= 60 ? 14400 : pause))
    [ "$pause" -le "$longest_pause" ] || pause=$longest_pause
    next=$(($(date +%s) + pause))
    say "no certificate: $(grep -E 'Detail:|Error|error|urn:' "$state/last.log" | tail -n 3 | tr -s ' \n' ' ' | cut -c1-400)"
    say "what is in place stays; the authority is asked again in $pause s."
  fi
  remember
done
