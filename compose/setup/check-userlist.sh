#!/usr/bin/env bash
# Reads userlist before anything starts: one name a line, `admin` after it for administrators, # for remarks.
# The rules are the hub's (hub/src/domain/userlist.ts), told before there is a hub; a test holds both against each other.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"
# Letters are the ASCII ones, whatever this machine's language has besides.
export LC_ALL=C

[ -f userlist ] || fail 'userlist is not a file.' "Move it away; 'make up' writes a new one."
[ -r userlist ] || fail "userlist cannot be read by $(id -un)." "Make it readable: sudo chmod a+r $ROOT/userlist"
if grep -qaP '\x00' userlist; then
  fail 'userlist is not a text file.' 'Write it again, one name a line, as in userlist.example.'
fi
grep -qa '[^[:space:]]' userlist || fail 'userlist is empty.' "Write a name into it, or '# nobody yet' when there shall be none, then run make again."

refuse() { fail "userlist, line $1: $2." "Correct that line ($3), then run make again."; }

declare -A admin_of=()
number=0
while IFS= read -r line || [ -n "$line" ]; do
  number=$((number + 1))
  [ "$number" -gt 1 ] || line=${line#$'\xef\xbb\xbf'}
  line=${line%$'\r'}
  read -r name role rest <<<"${line%%#*}" || true
  [ -n "$name" ] || continue
  small=${name,,}
  [[ $small =~ ^[a-z0-9]([a-z0-9._@-]*[a-z0-9])?$ && $small != *..* && ${#small} -le 64 ]] ||
    refuse "$number" "'${name:0:70}' cannot be a user's name" 'letters, digits and . _ @ - inside, at most 64'
  admin_of[$small]=${admin_of[$small]:-}
  if [ "$role" = admin ] && [ -z "$rest" ]; then
    admin_of[$small]=1
  elif [ -n "$role" ]; then
    say "userlist, line $number: '${role:0:40}${rest:+ …}' after $name makes nobody an administrator; only the word 'admin' does."
  fi
done <userlist
admins=$(printf '%s' "${admin_of[@]}")
say "userlist: ${#admin_of[@]} named, ${#admins} of them administrators."
