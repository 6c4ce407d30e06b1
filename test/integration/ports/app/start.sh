#!/usr/bin/env bash
# A person's program beside their notebook; docker exec is not for containers that a test lets fall asleep.
python3 /opt/programs/program.py &
exec jupyterhub-singleuser "$@"
