#!/bin/sh
# Sends to and fetches from a Filmroom service with nothing but sh, sha256sum, ssh and scp.
#
#   filmroom-drop.sh send KIND FILE [WAIT]      KIND: images diagnoses requests reports charts; WAIT: seconds (600)
#   filmroom-drop.sh receipt KIND FILE          print the receipt of what was sent; exit 2 when it is not a good one
#   filmroom-drop.sh fetch KIND [FOLDER]        KIND: receipts worklists deliveries results notices invoices liaison
#   filmroom-drop.sh list KIND                  what waits
#
# FILMROOM_SERVER=user@host:/path/of/spool, or the path alone for a folder of this machine; FILMROOM_PARTY=your id;
# FILMROOM_SSH_OPTIONS="-i key -o Port=22". Exit: 0 done, 1 something failed, 2 the service's answer is not a good one.
# A folder is sent as an archive: (cd day1 && tar -cf ../day1.tar .)
set -eu
: "${FILMROOM_SERVER:?is not set: user@host:/path/of/spool}" "${FILMROOM_PARTY:?is not set: your id}"
case $FILMROOM_SERVER in *:*) host=${FILMROOM_SERVER%%:*}; spool=${FILMROOM_SERVER#*:} ;; *) host=; spool=$FILMROOM_SERVER ;; esac
options="${FILMROOM_SSH_OPTIONS:-} -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=10"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; trap 'exit 1' HUP INT TERM

fail() { echo "filmroom-drop: $1" >&2; exit "${2:-1}"; }
quote() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
there() { if [ "$host" ]; then ssh $options "$host" "$1"; else sh -c "$1"; fi; }
push() { if [ "$host" ]; then scp $options "$1" "$host:$2"; else cp "$1" "$2"; fi; }
pull() { if [ "$host" ]; then scp -r $options "$host:$1" "$2" > /dev/null; else cp -R "$1" "$2"; fi; }
again() { # a link may break: six attempts
    tries=1
    until "$@"; do
        [ $tries -lt 6 ] || fail "given up after $tries attempts: $*"
        echo "filmroom-drop: trying again" >&2; sleep $tries; tries=$((tries + 1))
    done
}
check() { grep -v '^#' "$1" | sha256sum -c - > /dev/null; } # not every sha256sum passes over comments
digest() { set -- $(sha256sum < "$1"); echo "$1"; }
safe() { case $1 in '' | .* | -* | *[!A-Za-z0-9._-]*) fail "'$1': rename it to letters, digits, '.', '_' and '-'" ;; esac; }

drop() { # KIND FILE NAME: temporary names, then both renamed in one step, the attestation last
    place=$spool/incoming/$FILMROOM_PARTY/$1
    { echo "$(digest "$2")  $3"; echo "# end 1"; } > "$work/$3.sha256"
    again push "$2" "$place/.$3.part"
    again push "$work/$3.sha256" "$place/.$3.sha256.part"
    # The attestation is renamed last: once it is gone from its temporary name, all is done, however the link ends.
    again there "cd $(quote "$place") && { test ! -e .$3.sha256.part || { { test ! -e .$3.part || mv .$3.part $3; } && mv .$3.sha256.part $3.sha256; }; }"
}
receipt() { # KIND FILE: 0 good, 2 not good, 3 not there
    name=$(basename "$2"); sum=$(digest "$2"); box=$spool/outbound/$FILMROOM_PARTY/receipts
    file=$1.$name.$(echo "$sum" | cut -c1-8).json
    there "test -e $(quote "$box/$file.sha256")" || return 3
    again pull "$box/$file" "$work/"
    again pull "$box/$file.sha256" "$work/"
    (cd "$work" && check "$file.sha256") || fail "the receipt $file is not what its checksum says" 2
    grep -q "\"sha256\" *: *\"$sum\"" "$work/$file" || fail "the receipt $file is of other bytes than $2" 2
    cat "$work/$file"
    # The drop's own status stands behind the object "drop"; those of files and items stand in lists.
    tr -d '\n' < "$work/$file" | grep -Eq '"drop" *: *\{[^}]*\} *, *"status" *: *"(accepted|duplicate)"' || return 2
}
send() { # KIND FILE [WAIT]
    name=$(basename "$2"); safe "$name"; [ -f "$2" ] || fail "$2 is no file; make an archive of a folder"
    state=0; receipt "$1" "$2" > "$work/out" || state=$?
    [ $state -eq 3 ] && drop "$1" "$2" "$name"
    left=${3:-600}
    while [ $state -eq 3 ] && [ "$left" -gt 0 ]; do
        sleep 1; left=$((left - 1)); state=0; receipt "$1" "$2" > "$work/out" || state=$?
    done
    [ $state -ne 3 ] || fail "$name is sent, and its receipt is not there yet: filmroom-drop.sh receipt $1 $2"
    cat "$work/out"; [ $state -eq 0 ] || fail "$name was not taken whole: read the receipt" 2
}
list() { there "cd $(quote "$spool/outbound/$FILMROOM_PARTY/$1") && ls" | grep -v '\.part$' || true; }
fetch() { # KIND [FOLDER]: verified before it appears, then acknowledged
    target=${2:-.}/$1; mkdir -p "$target"; bad=0; again list "$1" > "$work/names"
    while read -r name <&3; do
        case $name in *.sha256) grep -qxF "${name%.sha256}" "$work/names" && continue ;; esac
        box=$spool/outbound/$FILMROOM_PARTY/$1; rm -rf "$target/.arriving"; mkdir "$target/.arriving"
        again pull "$box/$name" "$target/.arriving/"
        if [ -d "$target/.arriving/$name" ]; then
            (cd "$target/.arriving/$name" && check SHA256SUMS) && sum=$(digest "$target/.arriving/$name/SHA256SUMS") || sum=
        else
            again pull "$box/$name.sha256" "$target/.arriving/"
            (cd "$target/.arriving" && check "$name.sha256") && sum=$(digest "$target/.arriving/$name") || sum=
        fi
        if [ -z "$sum" ]; then echo "filmroom-drop: $1/$name is not what its checksums say; not kept" >&2; bad=2; continue; fi
        rm -rf "$target/$name" "$target/$name.sha256"; mv "$target/.arriving/"* "$target/"; echo "$target/$name"
        ack=$1.$(echo "$name" | tr -c 'A-Za-z0-9._\n-' _).$(echo "$sum" | cut -c1-8).ack
        printf '%s\n%s\n' "$1/$name" "$sum" > "$work/ack"; drop acks "$work/ack" "$ack"
    done 3< "$work/names"
    rm -rf "$target/.arriving"; return $bad
}
case ${1:-} in
    send | receipt) [ $# -ge 3 ] || fail "$1 KIND FILE"; "$@" ;;
    fetch | list) [ $# -ge 2 ] || fail "$1 KIND"; "$@" ;;
    *) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac
