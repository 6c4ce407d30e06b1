# Sourced after settings.sh: long commands, whose whole output goes to a file and whose milestones go to the screen.
# shellcheck shell=bash

# A build that says so much goes in circles: apt was seen to repeat one line for ever after a hiccup of the network.
LOG_MOST_MB=${LOG_MOST_MB:-64}

# run_logged NAME SECONDS COMMAND…: output to compose/build/NAME.log. Returns the command's exit code; 124 is the deadline.
run_logged() {
  local name=$1 seconds=$2 log=$BUILD_DIR/$1.log code=0 endless=''
  shift 2
  mkdir -p "$BUILD_DIR"
  : >"$log"
  # --foreground: Ctrl-C has to reach the command. 9>&-: nothing that lives on may keep the lock of make.
  timeout --foreground --kill-after=30 "$seconds" "$@" >>"$log" 2>&1 </dev/null 9>&- &
  local pid=$!
  milestones "$log" "$pid" || endless=1
  wait "$pid" || code=$?
  # After its own last words: the cause is looked for in the last line.
  [ -z "$endless" ] || printf '\nGiven up: more than %s MB of output.\n' "$LOG_MOST_MB" >>"$log"
  return "$code"
}

# Prints what a person wants to see of a log while process $2 writes it: the steps of a build, and the heartbeat. Ends the
# process and returns 1 when the log grows without end.
milestones() {
  local log=$1 pid=$2 seen=0 count beat=$SECONDS
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.5
    if [ "$(wc -c <"$log")" -gt $((LOG_MOST_MB * 1024 * 1024)) ]; then
      kill "$pid" 2>/dev/null || true
      return 1
    fi
    count=$(wc -l <"$log")
    if [ "$count" -gt "$seen" ]; then
      sed -n "$((seen + 1)),${count}p" "$log" |
        grep -aE '^(Step [0-9]+/[0-9]+ :|#[0-9]+ \[|I: (Retrieving Packages|Installing core packages|Base system installed)|Need to get)' |
        cut -c1-110 | sed 's/^/         /' || true
      seen=$count
    fi
    if [ $((SECONDS - beat)) -ge 30 ]; then
      beat=$SECONDS
      printf '         … %s s, %s lines of log\n' "$SECONDS" "$count"
    fi
  done
}

# last_words NAME: the end of its log, and where the rest is.
last_words() {
  printf '\n' >&2
  tail -n 12 "$BUILD_DIR/$1.log" | cut -c1-200 | sed 's/^/       | /' >&2
  printf '       (all of it: compose/build/%s.log)\n' "$1" >&2
}

# why NAME: the cause that the log gives away, on stdout: endless, network, certificate, disk or other.
why() {
  local log=$BUILD_DIR/$1.log
  if tail -n 1 "$log" | grep -aq '^Given up: more than'; then
    echo endless
  elif grep -aqiE 'No space left on device|not enough free space|Disk quota exceeded' "$log"; then
    echo disk
  elif grep -aqE 'SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|self-signed certificate|unable to get local issuer|Certificate verification failed|x509:' "$log"; then
    echo certificate
  elif grep -aqiE 'Temporary failure resolving|Could not resolve|Name or service not known|Network is unreachable|Could not connect|Unable to connect|Connection timed out|Failed to fetch|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|Failed getting release file|no such host|network is unreachable|i/o timeout' "$log"; then
    echo network
  else
    echo other
  fi
}

# explain NAME WHAT SUBJECT: ends the script with the sentence that fits the log.
explain() {
  local name=$1 what=$2
  last_words "$name"
  case $(why "$name") in
    endless) fail "$what: it repeated itself without end and was given up." "This happens after a hiccup of the network. Run make again: it goes on where it stopped." ;;
    disk) fail "$what: the disk is full." "Free some space where Docker keeps its data ($(docker_root)), for instance with 'docker image prune', then run make again." ;;
    certificate) fail "$what: a certificate was not accepted, as behind a proxy that inspects TLS." "Put the path of that proxy's CA certificate (PEM) into .env as EXTRA_CA_FILE=…, then run make again." ;;
    network) fail "$what: the package mirror cannot be reached from here (no network, or a proxy that is not set)." "Check this machine's network and name servers; behind a proxy set http_proxy and https_proxy, then run make again." ;;
    *) fail "$what." "Read the last lines above; when the cause is gone, run make again: it goes on where it stopped." ;;
  esac
}

docker_root() { docker info -f '{{.DockerRootDir}}' 2>/dev/null || echo /var/lib/docker; }
