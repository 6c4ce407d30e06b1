#!/usr/bin/env bash
# A person's program beside their notebook; docker exec is not for containers that a test lets fall asleep.
python3 /opt/programs/program.py &
if [ -n "${PROXY_INSIDE:-}" ]; then
  set -- --ServerApp.jpserver_extensions='{"proxy_extension": True}' "$@"
fi
exec jupyterhub-singleuser "$@"
