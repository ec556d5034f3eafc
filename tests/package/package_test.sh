#!/usr/bin/env bash
# The package in a clean Debian 12: installed with what it needs, served from, upgraded over a migration, removed, purged;
# then once more in that Debian booted, where systemd runs the unit.
#   tests/package/package_test.sh PACKAGE.deb     as root; ends with a count, and with 1 where something failed
set -uo pipefail
package=$(realpath "$1")
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tanfang-package-XXXXXX")
root=$work/root
passed=0
failed=0
server=
machine=

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
  [ -z "$machine" ] || { kill -TERM "$machine" && wait "$machine"; }
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
# The desk's page and what it names: each under a tag that saves the second way, scripts and styles ready compressed.
comes_once() {
  local tag
  curl -sS --fail --max-time 10 -D "$work/head" -o "$work/body" -H 'Accept-Encoding: gzip' "$1" || return 1
  tag=$(sed -n 's/^etag: //Ip' "$work/head" | tr -d '\r')
  [ -n "$tag" ] && [ "$(curl -sS --max-time 10 -o /dev/null -w '%{http_code}' -H 'Accept-Encoding: gzip' \
    -H "If-None-Match: $tag" "$1")" = 304 ]
}
shows_desk() {
  local page=$work/page compressed=0 each ready
  answers /desk/ >"$page"
  grep -q '<div id="app"' "$page" && comes_once "$(cat "$work/url")/desk/" || return 1
  for each in $(grep -oE '(src|href)="/desk/[^"]+' "$page" | cut -d'"' -f2); do
    comes_once "$(cat "$work/url")$each" || return 1
    ready=$root/usr/share/tanfang/web/dist$each.gz
    [ -e "$ready" ] || continue
    grep -qi '^content-encoding: gzip' "$work/head" && cmp "$work/body" "$ready" || return 1
    answers "$each" | cmp - <(gunzip <"$ready") || return 1
    compressed=$((compressed + 1))
  done
  [ "$compressed" -ge 2 ]
}
steps() { inside setpriv --reuid=tanfang --regid=tanfang --init-groups tanfang --data /var/lib/tanfang migrate --json; }
people() { inside setpriv --reuid=tanfang --regid=tanfang --init-groups tanfang --data /var/lib/tanfang report coverage --area 510521 --month "$(date +%Y-%m)" --json; }

# The clean root as a machine of its own, without the network of this one.
boot() {
  systemd-nspawn --quiet --directory="$root" --boot --private-network --register=no --keep-unit </dev/null \
    >"$work/console" 2>&1 &
  machine=$!
  for _ in $(seq 300); do
    leader=$(pgrep -P "$machine" | head -n 1)
    [ -z "$leader" ] || [ "$(booted systemctl is-system-running --wait)" != running ] || return 0
    kill -0 "$machine" 2>/dev/null || break
    sleep 0.2
  done
  cat "$work/console"
  return 1
}
booted() { nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup "${clean[@]}" "$@" 2>&1; }
is_served() {
  local seen
  for _ in $(seq 50); do
    seen=$(nsenter --target "$leader" --net curl -sS --max-time 5 http://127.0.0.1:8080/health 2>&1)
    grep -q '"ok"' <<<"$seen" && [ "$(booted systemctl is-active tanfang)" = active ] && return 0
    sleep 0.2
  done
  booted journalctl --no-pager -u tanfang -n 20
  return 1
}
is_restarted() {
  booted systemctl kill --kill-who=main --signal=KILL tanfang
  booted sh -c 'until [ "$(systemctl show -P NRestarts tanfang)" = 1 ]; do sleep 0.2; done' && is_served
}
# The log is written beside, so what is said of a reload comes after it.
reads_its_certificate() {
  booted systemctl reload tanfang || return 1
  for _ in $(seq 50); do
    booted journalctl --no-pager -u tanfang >"$work/journal"
    grep -q 'certificate read again' "$work/journal" && return 0
    sleep 0.2
  done
  tail -n 20 "$work/journal"
  return 1
}
ends_well() { booted systemctl stop tanfang && [ "$(booted systemctl show -P Result tanfang)" = success ]; }

# The same package as it may be some day: of a later version and with one migration more. What is built knows its own
# schema, so it cannot be what an older version was.
make_newer() {
  dpkg-deb -R "$package" "$work/newer"
  local migrations=("$work"/newer/usr/share/tanfang/db/migrations/*.sql) number
  number=$(basename "${migrations[-1]}" | cut -c1-4)
  last=$(printf '%04d_later' $((10#$number + 1)))
  echo 'create table later (county text not null, constraint later_key primary key (county));' \
    >"$work/newer/usr/share/tanfang/db/migrations/$last.sql"
  sed -i 's/^Version: .*/Version: 999.0/' "$work/newer/DEBIAN/control"
  (cd "$work/newer" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | xargs -0 md5sum >DEBIAN/md5sums)
  dpkg-deb --root-owner-group -b "$work/newer" "$root/newer.deb"
}

# Its program need not be installed here.
sed 's#/usr/bin/tanfang#/bin/true#' "$here/packaging/systemd/tanfang.service" >"$work/tanfang.service"
check "the unit is well formed" systemd-analyze verify --man=no "$work/tanfang.service"
check "the unit exposes little" sh -c "systemd-analyze security --offline=true --threshold=20 '$here/packaging/systemd/tanfang.service'"
check "a clean root" debootstrap --variant=minbase --include=systemd-sysv bookworm "$root" http://deb.debian.org/debian
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null
cp "$package" "$root/older.deb"
make_newer >"$work/log" 2>&1 || cat "$work/log"

check "it installs with its dependencies" inside apt-get install -y --no-install-recommends /older.deb
check "its user is there" inside getent passwd tanfang
check "its data are its own" inside sh -c '[ "$(stat -c "%a %U" /var/lib/tanfang)" = "700 tanfang" ]'
check "its settings are a conffile" sh -c "grep -q /etc/tanfang/settings.toml '$root/var/lib/dpkg/info/tanfang.conffiles'"
# Nothing listens there: only who reads the address as a whole fails, and makes no other database.
echo 'TANFANG_DATABASE=postgresql://tanfang:a$b@127.0.0.1:1/none?sslmode=disable&connect_timeout=2' \
  >"$root/etc/tanfang/environment"
check "an address with & in it is one address" not inside /var/lib/dpkg/info/tanfang.postinst configure 0
rm "$root/etc/tanfang/environment"
check "people come in" inside setpriv --reuid=tanfang --regid=tanfang --init-groups tanfang --data /var/lib/tanfang demo --people 50 --months 1 --county 510521
people >"$work/before" 2>/dev/null
sed -i 's/^queue = .*/queue = 200/' "$root/etc/tanfang/settings.toml"

check "the service starts" start_server
check "it is healthy" is_healthy
check "no upgrade under a running server" not inside apt-get install -y /newer.deb
check "the server stops cleanly" stop_server
check "it upgrades over the migration $last" inside sh -c "dpkg --configure tanfang | tee /upgrade.log; grep -q '$last' /upgrade.log"
check "nothing of the build came along" not sh -c "find '$root/usr/share/tanfang' -name '.*' | grep ."
check "the new version is there" inside sh -c "dpkg-query -W -f '\${Version}' tanfang | grep 999.0"
check "changed settings stay" grep -q '^queue = 200' "$root/etc/tanfang/settings.toml"
people >"$work/after" 2>/dev/null
check "the people stay" sh -c "[ -s '$work/before' ] && cmp '$work/before' '$work/after'"
check "the schema is up to date" sh -c "echo '$(steps 2>&1)' | grep -q '\"steps\":\[\]'"
check "the new service starts" start_server
check "it is healthy" is_healthy
check "it serves the desk and its assets, ready compressed" shows_desk
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

umount "$root/proc"
check "the clean root boots" boot
check "it installs under systemd" booted dpkg -i /older.deb
check "the unit is enabled" booted systemctl is-enabled tanfang
check "the unit serves" is_served
check "it upgrades under systemd, over the migration $last" booted dpkg -i /newer.deb
check "the unit serves again" is_served
check "the unit is restarted when it is killed" is_restarted
check "the unit reads its certificate again" reads_its_certificate
check "the unit ends well" ends_well
check "it is removed under systemd" booted dpkg --remove tanfang
check "no unit is left" not booted systemctl cat tanfang

echo "package: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
