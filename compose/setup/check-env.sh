#!/usr/bin/env bash
# Reads .env and secrets/oauth.env before anything starts; a bad line is told with its number and the reason.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

refuse() { fail "$1, line $2: $3." "Correct that line ($4), then run make again."; }

check_line() {
  local file=$1 number=$2 line=$3 name value
  [[ $line =~ ^[[:space:]]*(#.*)?$ ]] && return
  [[ $line =~ ^[[:space:]]*export[[:space:]] ]] && refuse "$file" "$number" "'export' does not belong here" 'only NAME=value'
  [[ $line == *=* ]] || refuse "$file" "$number" 'there is no = in it' 'a setting is NAME=value, a remark begins with #'
  name=$(trimmed "${line%%=*}")
  value=$(trimmed "${line#*=}")
  [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || refuse "$file" "$number" "'${name:0:40}' cannot be a name" 'letters, digits and _, no space before the ='
  [ -z "${first_line[$file:$name]:-}" ] || refuse "$file" "$number" "$name was set before, in line ${first_line[$file:$name]}" 'set a name once'
  first_line[$file:$name]=$number
  case ${value:0:1} in
    \" | \') [[ ${value:1} == *"${value:0:1}"* ]] || refuse "$file" "$number" 'a quotation mark is not closed' 'two marks or none' ;;
  esac
  check_value "$file" "$number" "$name" "$(unquoted "$value")"
}

trimmed() { sed 's/^[[:space:]]*//; s/[[:space:]]*$//' <<<"$1"; }

# As the hub reads a value: up to the closing mark, or up to a remark after a blank.
unquoted() { sed -E "s/^\"([^\"]*)\".*$/\\1/; t; s/^'([^']*)'.*$/\\1/; t; s/[[:space:]]+#.*$//" <<<"$1"; }

# What set-up itself depends on, and what would otherwise be noticed only when the hub's image is there. The rules are the
# hub's (hub/src/config/table/): whatever is refused here the hub refuses too; a test holds both against each other.
number_form='^[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?$'
check_value() {
  local file=$1 number=$2 name=$3 value=$4
  [ -n "$value" ] || return 0
  case $name in
    JUPYTERHUB_PORT)
      if ! [[ $value =~ ^[0-9]{1,5}$ ]] || [ "$((10#$value))" -lt 1 ] || [ "$((10#$value))" -gt 65535 ]; then
        refuse "$file" "$number" "$name is '$value', which is no port" 'a number from 1 to 65535'
      fi
      ;;
    CULL_TIMEOUT | CULL_EVERY | USERLIST_GRACE)
      [[ $value =~ $number_form ]] || refuse "$file" "$number" "$name is '$value', which is no number of seconds" 'such as 3600'
      ;;
    MEM_LIMIT)
      [[ ${value,,} =~ ^[0-9]+(\.[0-9]+)?[[:space:]]*[kmgt]?i?b?$|^none$ ]] || refuse "$file" "$number" "$name is '$value', which is no amount of memory" 'such as 512M or 2G'
      ;;
    CPU_LIMIT)
      [[ $value =~ $number_form ]] || refuse "$file" "$number" "$name is '$value', which is no number of cores" 'such as 2 or 0.5'
      ;;
    PUBLIC_URL | OAUTH_CALLBACK_URL | GITHUB_URL)
      [[ ${value,,} =~ ^https?:[/\\]*[^[:space:]/]+ ]] || refuse "$file" "$number" "$name is '$value', which is no address" 'it begins with https:// or http://'
      ;;
    BASE_URL)
      [[ $value =~ ^[A-Za-z0-9._~/-]*$ ]] || refuse "$file" "$number" "$name is '$value', which is no base path" 'such as /jhub/'
      ;;
    COMPOSE_PROJECT_NAME)
      [[ $value =~ ^[a-z0-9][a-z0-9_-]*$ ]] || refuse "$file" "$number" "$name is '$value'" 'small letters, digits, - and _'
      ;;
    DOCKER_NETWORK_NAME | DATA_VOLUME_HOST)
      [[ $value =~ ^[A-Za-z0-9][A-Za-z0-9_.-]*$ ]] || refuse "$file" "$number" "$name is '$value'" 'letters, digits, - _ and .'
      ;;
    DATA_VOLUME_CONTAINER)
      [[ $value =~ ^/[^:]+$ ]] || refuse "$file" "$number" "$name is '$value', which is no path" 'it begins with /'
      ;;
  esac
}

check_file() {
  local file=$1 number=0 line lines
  [ -f "$file" ] || fail "$file is not a file." "Move it away; 'make up' writes a new one."
  [ -r "$file" ] || fail "$file cannot be read by $(id -un)." "Make it readable: sudo chown $(id -un) $file"
  LC_ALL=C grep -qaP '\x00' "$file" && fail "$file is not a text file." "Write it again, one NAME=value a line, as in .env.example."
  mapfile -t lines <"$file"
  for line in ${lines[@]+"${lines[@]}"}; do
    number=$((number + 1))
    [ "$number" -gt 1 ] || line=${line#$'\xef\xbb\xbf'}
    check_line "$file" "$number" "${line%$'\r'}"
  done
}

# oauth VALUE-NAME: as the hub gets it; secrets/oauth.env stands after .env.
oauth() {
  local value=''
  value=$(sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//p" secrets/oauth.env | tail -n 1)
  [ -n "$value" ] || value=$(setting "$1")
  unquoted "$value"
}

check_github() {
  local name missing=()
  # What these leave out may stand in config.yaml, which only the hub reads.
  [ ! -e config.yaml ] && [ ! -e config.d ] || return 0
  [ -n "$(oauth GITHUB_CLIENT_ID)$(oauth GITHUB_CLIENT_SECRET)" ] || return 0
  for name in GITHUB_CLIENT_ID GITHUB_CLIENT_SECRET OAUTH_CALLBACK_URL; do
    [ -n "$(oauth "$name")" ] || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] ||
    fail "GitHub sign-in is half set: $(printf '%s and ' "${missing[@]}" | sed 's/ and $//') missing." \
      "Set GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET and OAUTH_CALLBACK_URL in .env or secrets/oauth.env (GitHub: Settings, Developer settings, OAuth Apps), or leave all three empty."
}

declare -A first_line=()
check_file .env
check_file secrets/oauth.env
check_github
say '.env: in order.'
