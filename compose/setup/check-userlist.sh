#!/usr/bin/env bash
# Reads userlist before anything starts: one name a line, `admin` after it for administrators, # for remarks.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

[ -f userlist ] || fail 'userlist is not a file.' "Move it away; 'make up' writes a new one."
[ -r userlist ] || fail "userlist cannot be read by $(id -un)." "Make it readable: sudo chmod a+r $ROOT/userlist"
if LC_ALL=C grep -qaP '\x00' userlist; then
  fail 'userlist is not a text file.' 'Write it again, one name a line, as in userlist.example.'
fi

refuse() { fail "userlist, line $1: $2." "Correct that line ($3), then run make again."; }

# The rule of names is the hub's: hub/src/domain/user.ts.
number=0 people=0 admins=0
while IFS= read -r line || [ -n "$line" ]; do
  number=$((number + 1))
  read -r name role rest <<<"${line%%#*}" || true
  name=${name%$'\r'} role=${role%$'\r'}
  [ -n "$name" ] || continue
  small=${name,,}
  [[ $small =~ ^[a-z0-9]([a-z0-9._@-]*[a-z0-9])?$ && $small != *..* && ${#small} -le 64 ]] ||
    refuse "$number" "'${name:0:70}' cannot be a user's name" 'letters, digits and . _ @ - inside, at most 64'
  [ -z "$role" ] || [ "$role" = admin ] || refuse "$number" "'${role:0:40}' after $name is not understood" "only 'admin' may stand after a name"
  [ -z "$rest" ] || refuse "$number" "there is more after '$name admin'" 'one name a line'
  people=$((people + 1))
  [ "$role" != admin ] || admins=$((admins + 1))
done <userlist
say "userlist: $people named, $admins of them administrators."
