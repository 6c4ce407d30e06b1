#!/bin/bash
# start.sh COMMAND…: the start-up hooks, then the command. As in the docker-stacks images: of start-notebook.d and then of
# before-notebook.d, files *.sh are sourced (what they export is the server's), other executables are run; a hook that
# fails is told in the log and holds up nobody.
run_hooks() {
  local hook
  for hook in "$1"/*; do
    case $hook in
      *.sh)
        echo "start: $hook"
        # shellcheck source=/dev/null
        . "$hook" || echo "start: $hook failed with code $?" >&2
        # A hook's `set -e` is its own.
        set +eu
        ;;
      *)
        if [ -f "$hook" ] && [ -x "$hook" ]; then
          echo "start: $hook"
          "$hook" || echo "start: $hook failed with code $?" >&2
        fi
        ;;
    esac
  done
}
run_hooks /usr/local/bin/start-notebook.d
run_hooks /usr/local/bin/before-notebook.d
unset -f run_hooks
exec "$@"
