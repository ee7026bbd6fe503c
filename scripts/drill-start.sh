#!/usr/bin/env bash
# Starts the shop as a newcomer does, and ends it in every way that a machine knows:
#   scripts/drill-start.sh FOLDER [PORT]
# FOLDER is a scratch clone that nobody works in: what runs there is killed. The home folder is a
# new empty one. Run it as root and as an ordinary user.
set -u
folder=$(cd "$1" && pwd) || exit 2
port=${2:-8099}
home=$(mktemp -d)
log=$(mktemp)
failures=0
own_session=$(ps -o sid= -p $$)
cd /
trap 'rm -rf "$home" "$log"' EXIT

start() {
  local from; from=$(date +%s%N)
  (cd "$folder" && exec setsid env -i HOME="$home" PATH="$PATH" PORT="$port" \
    ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"} npm start) >"$log" 2>&1 &
  npm=$!
  disown "$npm"
  for _ in $(seq 480); do
    curl -sf "http://127.0.0.1:$port/health/" >/dev/null && break
    kill -0 "$npm" 2>/dev/null || break
    sleep 0.25
  done
  if curl -sf "http://127.0.0.1:$port/health/" >/dev/null; then
    echo "ok    $1: up after $((($(date +%s%N) - from) / 1000000)) ms"
  else
    echo "FAIL  $1: did not come up"; tail -5 "$log"; failures=$((failures + 1))
  fi
}

# Every process of the shop that works in the folder or below it; not this script, nor whoever called it.
left() {
  local process
  for process in /proc/[0-9]*; do
    case "$(readlink "$process/cwd" 2>/dev/null)" in
      "$folder" | "$folder"/*)
        if [ "$(ps -o sid= -p "${process#/proc/}")" != "$own_session" ]; then echo "${process#/proc/}"; fi ;;
    esac
  done
}

expect_nothing_left() {
  # Empty four times in a row: a process between two names is easily missed once.
  local tries=0 empty=0
  while [ "$empty" -lt 4 ] && [ "$tries" -lt 80 ]; do
    sleep 0.25; tries=$((tries + 1))
    if [ -z "$(left)" ]; then empty=$((empty + 1)); else empty=0; fi
  done
  if [ "$empty" -eq 4 ]; then
    echo "ok    $1: nothing is left behind, after at most $(((tries - 3) * 250)) ms"
  else
    echo "FAIL  $1: left behind are"; failures=$((failures + 1))
    ps -o pid,ppid,stat,etime,args -p "$(left | paste -sd,)"
    left | xargs -r kill -KILL
  fi
}

server() {
  local process
  for process in $(left); do
    tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null | grep -q '^node apps/api/src/main.ts' && echo "$process"
  done
}

echo "as $(id -un), in $folder"
start 'first start, with installation'
kill -TERM "$npm"; expect_nothing_left 'SIGTERM to npm'
start 'second start'
kill -INT -- -"$npm"; expect_nothing_left 'Ctrl-C (SIGINT to the terminal'\''s group)'
start 'third start'
kill -KILL "$npm"; expect_nothing_left 'kill -9 of npm'
start 'fourth start'
kill -KILL $(server); expect_nothing_left 'kill -9 of the server'
start 'start after kill -9'
left | xargs -r kill -KILL; expect_nothing_left 'kill -9 of everything, the database included'
start 'start after kill -9 of everything'
kill -TERM "$npm"; expect_nothing_left 'SIGTERM to npm'
[ "$failures" -eq 0 ]
