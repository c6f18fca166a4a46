#!/usr/bin/env bash
# Direct, nginx and the gateway in alternation, by the same wrk settings. Everything on 127.0.0.1 and bounded in time.
# Usage: run.sh [seconds per measurement = 6] [rounds = 5]
set -euo pipefail
seconds=${1:-6}; rounds=${2:-5}
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../.." && pwd)
run=$(mktemp -d); pids=()
stop() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$run"; }
trap stop EXIT

for tool in nginx wrk; do
  command -v "$tool" >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light wrk >/dev/null; }
done
dotnet publish "$here/host" -c Release -v q --nologo -o "$run/host" >"$run/publish.log" || { cat "$run/publish.log" >&2; exit 5; }

cpu() { # CPU seconds used so far by a process and its children, in clock ticks
  local total=0 pid
  for pid in "$@" $(for p in "$@"; do cat "/proc/$p/task/$p/children"; done); do total=$((total + $(awk '{print $14 + $15}' "/proc/$pid/stat"))); done
  echo "$total"
}
start_nginx() { # name, configuration, upstream port
  mkdir -p "$run/$1"
  sed "s#RUN#$run/$1#g; s#UPSTREAM_PORT#$3#g" "$here/$2" > "$run/$1/nginx.conf"
  nginx -p "$run/$1" -c "$run/$1/nginx.conf" -g 'daemon off;' & pids+=($!); last=$!
}
start_host() { "$run/host/Assay.Gateway.Bench" "$@" 2>"$run/host.log" & pids+=($!); last=$!; }
answers() { for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$1/v1/models" && return; sleep 0.1; done; echo "nothing answers on port $1" >&2; exit 5; }

measure() { # label, port, connections, pid or -
  local before=0 after=0 line
  [ "$4" = - ] || before=$(cpu "$4")
  line=$(wrk -t1 -c"$3" -d"${seconds}s" -s "$here/request.lua" "http://127.0.0.1:$2/v1/chat/completions" -- "$RANDOM-$RANDOM" | grep RESULT)
  [ "$4" = - ] || after=$(cpu "$4")
  echo "$line" | awk -v l="$1" -v c="$3" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" \
    '{ printf "%s %s %s %s %s %s %.1f\n", l, c, $2, $3, $4, $5, (t > 0 && $6 > 0) ? t / hz / $6 * 1e6 : 0 }' | tee -a "$run/results" | awk '{ printf "  %-8s %3s connections %9.0f req/s  p50 %8.3f ms  p99 %8.3f ms  errors %d  CPU %5.1f us/request\n", $1, $2, $3, $4, $5, $6, $7 }'
}
median() { awk -v l="$1" -v c="$2" -v f="$3" '$1 == l && $2 == c { print $f }' "$run/results" | sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
round() { # upstream port, connections
  measure direct "$1" "$2" -; measure nginx 7182 "$2" "$proxy"; measure gateway 7183 "$2" "$gateway"
}
bring_up() { # upstream port
  start_nginx "proxy$1" nginx-proxy.conf "$1"; proxy=$last
  start_host --port 7183 --upstream "http://127.0.0.1:$1/v1" --data "$run/spool$1"; gateway=$last
  answers 7182; answers 7183
  # Warm: compiled code, pooled connections.
  for port in 7182 7183; do wrk -t1 -c64 -d20s -s "$here/request.lua" "http://127.0.0.1:$port/v1/chat/completions" -- "warm-$1" >/dev/null; done
}
take_down() { for pid in "$proxy" "$gateway"; do kill "$pid"; wait "$pid" 2>/dev/null || true; done; }

echo "cores $(nproc), load before: $(cut -d' ' -f1-3 /proc/loadavg); $(nginx -v 2>&1); .NET $(dotnet --version)"
start_nginx upstream nginx-upstream.conf 0; answers 7181
echo "instant upstream"
bring_up 7181
for connections in 32 64 128; do for _ in $(seq "$rounds"); do round 7181 "$connections"; done; done
for _ in $(seq "$rounds"); do round 7181 1; done
take_down
echo "medians of $rounds rounds, instant upstream"
for c in 32 64 128; do
  awk -v c="$c" -v d="$(median direct "$c" 3)" -v n="$(median nginx "$c" 3)" -v g="$(median gateway "$c" 3)" -v nc="$(median nginx "$c" 7)" -v gc="$(median gateway "$c" 7)" \
    'BEGIN { printf "  %d connections: direct %.0f, nginx %.0f, gateway %.0f req/s; gateway / nginx %.2f; CPU per request nginx %.1f us, gateway %.1f us\n", c, d, n, g, g / n, nc, gc }'
done
awk -v d="$(median direct 1 4)" -v n="$(median nginx 1 4)" -v g="$(median gateway 1 4)" 'BEGIN { printf "  1 connection: p50 direct %.3f, nginx %.3f, gateway %.3f ms; added by nginx %.3f, by the gateway %.3f ms\n", d, n, g, n - d, g - d }'

echo "upstream of 20 ms"
rm -f "$run/results"
start_host --port 7184 --mock-delay 20; answers 7184
bring_up 7184
for _ in $(seq "$rounds"); do round 7184 1; done
awk -v d="$(median direct 1 4)" -v n="$(median nginx 1 4)" -v g="$(median gateway 1 4)" 'BEGIN { printf "medians: 1 connection: p50 direct %.3f, nginx %.3f, gateway %.3f ms; added by nginx %.3f, by the gateway %.3f ms\n", d, n, g, n - d, g - d }'
take_down
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
