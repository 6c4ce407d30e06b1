#!/usr/bin/env bash
# Collects the certificates that this machine trusts beyond its distribution's own (a proxy that inspects TLS), and the
# registry and the index that npm and pip are configured with, into compose/build/context/: build stages use them, no image keeps them.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

context=$BUILD_DIR/context
mkdir -p "$context"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# bodies FILE…: one certificate a line, its base64 without line ends; deaf to comments and to order.
bodies() {
  awk '/-----BEGIN CERTIFICATE-----/ { body = ""; inside = 1; next }
       /-----END CERTIFICATE-----/   { if (inside) print body; inside = 0; next }
       inside { gsub(/[ \t\r]/, ""); body = body $0 }' "$@" </dev/null
}

# npm_says KEY: what npm is configured with, where there is an npm. From / : a project's own .npmrc is not this machine's.
npm_says() {
  command -v npm >/dev/null 2>&1 || return 0
  (cd / && timeout 20 npm config get "$1" 2>/dev/null) || true
}

pip_says() {
  command -v pip3 >/dev/null 2>&1 || return 0
  (cd / && timeout 20 pip3 config get "$1" 2>/dev/null) || true
}

chosen=$(setting EXTRA_CA_FILE)
if [ -n "$chosen" ]; then
  case $chosen in /*) ;; *) chosen=$ROOT/$chosen ;; esac
  [ -r "$chosen" ] || fail "EXTRA_CA_FILE is $chosen, which cannot be read." 'Correct the path in .env, or leave it empty.'
  [ -n "$(bodies "$chosen" | head -c 1)" ] || fail "EXTRA_CA_FILE ($chosen) holds no certificate." 'It should be PEM: lines that begin with -----BEGIN CERTIFICATE-----.'
  sources=("$chosen")
else
  npm_cafile=$(npm_says cafile)
  sources=()
  for file in "$npm_cafile" "${NODE_EXTRA_CA_CERTS:-}" "${SSL_CERT_FILE:-}" \
    /etc/ssl/certs/ca-certificates.crt /usr/local/share/ca-certificates/*.crt; do
    if [ -n "$file" ] && [ -f "$file" ] && [ -r "$file" ]; then sources+=("$file"); fi
  done
fi

: >"$work/own"
find /usr/share/ca-certificates -name '*.crt' -print0 2>/dev/null | while IFS= read -r -d '' file; do bodies "$file"; done | sort -u >"$work/own"
: >"$work/trusted"
for file in ${sources[@]+"${sources[@]}"}; do bodies "$file"; done | sort -u >"$work/trusted"
: >"$work/extra-ca.crt"
extra=0
while IFS= read -r body; do
  extra=$((extra + 1))
  { echo '-----BEGIN CERTIFICATE-----' && fold -w 64 <<<"$body" && echo '-----END CERTIFICATE-----'; } >>"$work/extra-ca.crt"
done < <(comm -13 "$work/own" "$work/trusted")

# Only the address: no token of this machine may go into a build.
: >"$work/npmrc"
registry=${NPM_CONFIG_REGISTRY:-}
[ -n "$registry" ] || registry=$(npm_says registry)
case $registry in http*) printf 'registry=%s\n' "$registry" >"$work/npmrc" ;; esac

# The same for pip. An address may hold a name and a password, which stay here.
: >"$work/pip.conf"
index=${PIP_INDEX_URL:-}
[ -n "$index" ] || index=$(pip_says global.index-url)
case $index in http*) printf '[global]\nindex-url = %s\n' "$(printf '%s' "$index" | sed 's#//[^/@]*@#//#')" >"$work/pip.conf" ;; esac

for file in extra-ca.crt npmrc pip.conf; do
  # Same content, same time stamp: builders that look at it keep their cache.
  cmp -s "$work/$file" "$context/$file" || install -m 0644 "$work/$file" "$context/$file"
done
say "certificates: $extra beyond the distribution's own$([ "$extra" = 0 ] || echo ', handed to builds')."
