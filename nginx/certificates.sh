# shellcheck shell=sh
# Sourced by the two start scripts: where the certificate is, and what to do when it is renewed.

# What is in force stands there: a link to the folder that has both files. Automatic certificates (compose/acme.yaml) come
# before those in secrets/. Nothing there: plain HTTP.
TLS=/tmp/tls
link_certificate() {
  for folder in /run/certificates/current /run/secrets; do
    if [ -s "$folder/jupyterhub.crt" ] && [ -s "$folder/jupyterhub.key" ]; then
      ln -sfn "$folder" "$TLS"
      return 0
    fi
  done
  return 1
}

# What the two files are now; links are followed.
state_of_certificate() { cat "$TLS/jupyterhub.crt" "$TLS/jupyterhub.key" 2>/dev/null | cksum; }

# follow_certificate COMMAND…: runs it whenever the certificate has come or been replaced and then stood still for a look.
# Looking, not watching: some mounts tell of no change.
follow_certificate() {
  in_force=$(state_of_certificate) last=$in_force
  while sleep 2; do
    link_certificate || true
    now=$(state_of_certificate)
    if [ "$now" = "$last" ] && [ "$now" != "$in_force" ]; then
      in_force=$now
      echo 'certificate read again.' >&2
      "$@" || echo 'the new certificate could not be taken; the old one stays in force.' >&2
    fi
    last=$now
  done
}

# The port that people type, for the redirect to HTTPS: 443 goes without saying.
tls_port() { [ "${HTTPS_PORT:-443}" = 443 ] || printf ':%s' "$HTTPS_PORT"; }
