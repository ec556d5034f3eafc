#!/usr/bin/env bash
# The package in a clean Debian 12: installed with what it needs, served from, upgraded over a migration, removed, purged.
#   tests/package/package_test.sh PACKAGE.deb     as root; ends with a count, and with 1 where something failed
set -uo pipefail
package=$(realpath "$1")
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tanfang-package-XXXXXX")
root=$work/root
passed=0
failed=0
server=

stop_server() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null
  wait "$server"
  local code=$?
  server=
  return $code
}
clean_up() {
  stop_server
  mountpoint -q "$root/proc" && umount "$root/proc"
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

check() {
  local what=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    passed=$((passed + 1))
    echo "PASS $what"
  else
    failed=$((failed + 1))
    echo "FAIL $what"
    tail -n 15 "$work/log"
  fi
}
clean=(/usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8)
inside() { chroot "$root" "${clean[@]}" "$@"; }
not() { ! "$@"; }

# What the unit would run, as its user: the clean root has no systemd.
start_server() {
  local command
  command=$(sed -n 's/^ExecStart=//p' "$root/lib/systemd/system/tanfang.service")
  # shellcheck disable=SC2086
  chroot "$root" "${clean[@]}" setpriv --reuid=tanfang --regid=tanfang --init-groups --no-new-privs $command --port 0 \
    >"$work/address" 2>"$work/said" &
  server=$!
  # The address is printed when it listens.
  timeout 20 tail -n +1 -f --pid="$server" "$work/address" | grep -m1 -o 'http://.*' >"$work/url"
  [ -s "$work/url" ]
}
answers() { curl -sS --max-time 10 "$(cat "$work/url")$1"; }
is_healthy() { answers /health | grep -q '"ok"'; }
shows_sign_in() { [ "$(curl -sS -o /dev/null -w '%{http_code}' --max-time 10 "$(cat "$work/url")/api/v1/session")" = 401 ]; }
steps() { inside setpriv --reuid=tanfang --regid=tanfang --init-groups tanfang --data /var/lib/tanfang migrate --json; }
people() { inside setpriv --reuid=tanfang --regid=tanfang --init-groups tanfang --data /var/lib/tanfang report coverage --area 510521 --month "$(date +%Y-%m)" --json; }

# The same package as it would have been before the last migration.
make_older() {
  dpkg-deb -R "$package" "$work/older"
  local migrations=("$work"/older/usr/share/tanfang/db/migrations/*.sql)
  last=$(basename "${migrations[-1]}" .sql)
  rm "${migrations[-1]}"
  sed -i 's/^Version: .*/Version: 0.0.1/' "$work/older/DEBIAN/control"
  (cd "$work/older" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | xargs -0 md5sum >DEBIAN/md5sums)
  dpkg-deb --root-owner-group -b "$work/older" "$root/older.deb"
}

# Its program need not be installed here.
sed 's#/usr/bin/tanfang#/bin/true#' "$here/packaging/systemd/tanfang.service" >"$work/tanfang.service"
check "the unit is well formed" systemd-analyze verify --man=no "$work/tanfang.service"
check "the unit exposes little" sh -c "systemd-analyze security --offline=true --threshold=20 '$here/packaging/systemd/tanfang.service'"
check "a clean root" debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null
cp "$package" "$root/newer.deb"
make_older >"$work/log" 2>&1 || cat "$work/log"

check "an older version installs with its dependencies" inside apt-get install -y --no-install-recommends /older.deb
check "its user is there" inside getent passwd tanfang
check "its data are its own" inside sh -c '[ "$(stat -c "%a %U" /var/lib/tanfang)" = "700 tanfang" ]'
check "its settings are a conffile" sh -c "grep -q /etc/tanfang/settings.toml '$root/var/lib/dpkg/info/tanfang.conffiles'"
check "people come in" inside setpriv --reuid=tanfang --regid=tanfang --init-groups tanfang --data /var/lib/tanfang demo --people 50 --months 1 --county 510521
people >"$work/before" 2>/dev/null
sed -i 's/^queue = .*/queue = 200/' "$root/etc/tanfang/settings.toml"

check "the service starts" start_server
check "it is healthy" is_healthy
check "no upgrade under a running server" not inside apt-get install -y /newer.deb
check "the server stops cleanly" stop_server
check "it upgrades over the migration $last" inside sh -c "dpkg --configure tanfang | tee /upgrade.log; grep -q '$last' /upgrade.log"
check "the new version is there" inside sh -c "dpkg-query -W -f '\${Version}' tanfang | grep -v 0.0.1"
check "changed settings stay" grep -q '^queue = 200' "$root/etc/tanfang/settings.toml"
people >"$work/after" 2>/dev/null
check "the people stay" sh -c "[ -s '$work/before' ] && cmp '$work/before' '$work/after'"
check "the schema is up to date" sh -c "echo '$(steps 2>&1)' | grep -q '\"steps\":\[\]'"
check "the new service starts" start_server
check "it is healthy" is_healthy
check "it asks who comes" shows_sign_in
check "it stops cleanly" stop_server

check "it is removed" inside apt-get remove -y tanfang
check "the program is gone" not test -e "$root/usr/bin/tanfang"
check "what it reads is gone" not test -e "$root/usr/share/tanfang"
check "the data stay" test -s "$root/var/lib/tanfang/tanfang.db"
check "the settings stay" test -s "$root/etc/tanfang/settings.toml"
check "it installs again on its data" inside apt-get install -y --no-install-recommends /newer.deb
check "it is purged" inside apt-get purge -y tanfang
check "the settings are gone" not test -e "$root/etc/tanfang/settings.toml"
check "the data stay after a purge" test -s "$root/var/lib/tanfang/tanfang.db"
check "it installs once more" inside apt-get install -y --no-install-recommends /newer.deb
check "it is purged with its data" inside env TANFANG_PURGE_DATA=yes apt-get purge -y tanfang
check "the data are gone" not test -e "$root/var/lib/tanfang"

echo "package: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
