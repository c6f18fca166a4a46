#!/usr/bin/env bash
# The arena and promptfoo in alternation: same cases, prompts, mock endpoint and concurrency. Everything on 127.0.0.1 and bounded in count.
# Usage: run.sh [cases = 1000] [rounds = 3] [concurrency = 20]; PROMPTFOO names a folder with an installed promptfoo.
set -euo pipefail
cases=${1:-1000}; rounds=${2:-3}; concurrency=${3:-20}; delay=50; port=7187
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../.." && pwd)
run=$(mktemp -d); mock=
stop() { [ -z "$mock" ] || kill "$mock" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"; }
trap stop EXIT
[ -x /usr/bin/time ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends time >/dev/null; }
peer=${PROMPTFOO:-$run/peer}
[ -x "$peer/node_modules/.bin/promptfoo" ] || { echo "installing promptfoo, a few minutes" >&2; mkdir -p "$peer"; npm install --prefix "$peer" --no-audit --no-fund --loglevel error promptfoo >/dev/null; }

dotnet publish "$root/bench/gateway/host" -c Release -v q --nologo -o "$run/host" >"$run/publish.log" || { cat "$run/publish.log" >&2; exit 5; }
dotnet publish "$root/src/Assay.Cli" -c Release -v q --nologo -o "$run/assay" >"$run/publish.log" || { cat "$run/publish.log" >&2; exit 5; }
"$run/host/Assay.Gateway.Bench" --port $port --mock-delay $delay 2>/dev/null & mock=$!
for _ in $(seq 100); do curl -s -o /dev/null -d '{}' "http://127.0.0.1:$port/v1/chat/completions" && break; sleep 0.1; done

mkdir -p "$run/suite"; cd "$run/suite"
for i in $(seq "$cases"); do echo "{\"id\":\"c$i\",\"input\":\"Where is parcel $i, and when will it arrive?\"}"; done > cases.jsonl
cat > suite.yaml <<YAML
suite: bench
variants:
  - { key: a, upstream: mock, model: gpt-4o-mini, system: Be helpful. }
  - { key: b, upstream: mock, model: gpt-4o-mini, system: "Be helpful, and cite the policy that applies." }
cases: cases.jsonl
checks: [ { type: contains, value: parcel } ]
run: { repeats: 1, concurrency: $concurrency, retries: 0 }
upstreams: { mock: { baseUrl: "http://127.0.0.1:$port/v1" } }
YAML
cat > promptfooconfig.yaml <<YAML
prompts:
  - '[{"role":"system","content":"Be helpful."},{"role":"user","content":"{{question}}"}]'
  - '[{"role":"system","content":"Be helpful, and cite the policy that applies."},{"role":"user","content":"{{question}}"}]'
providers: [ { id: "openai:chat:gpt-4o-mini", config: { apiBaseUrl: "http://127.0.0.1:$port/v1", apiKey: none, temperature: 0 } } ]
defaultTest: { assert: [ { type: contains, value: parcel } ] }
tests: tests.csv
YAML
{ echo question; for i in $(seq "$cases"); do echo "\"Where is parcel $i, and when will it arrive?\""; done; } > tests.csv

measure() { # label, command…: wall seconds and peak memory of the whole process
  local label=$1; shift
  /usr/bin/time -f '%e %M' -o "$run/time" "$@" >"$run/$label.log" 2>&1 || [ $? -le 3 ] || { tail -n 20 "$run/$label.log" >&2; echo "$label failed" >&2; exit 5; }
  echo "$label $(tail -n 1 "$run/time")" | tee -a "$run/results" | awk -v n=$((2 * cases)) '{ printf "  %-10s %7.2f s  %6.0f answers/s  %5.0f MB\n", $1, $2, n / $2, $3 / 1024 }'
}
assay() { rm -rf "$run/out"; measure assay "$run/assay/assay" arena run suite.yaml --out "$run/out"; }
promptfoo() {
  PROMPTFOO_CONFIG_DIR="$run/pf" PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_DISABLE_REMOTE_GENERATION=1 PROMPTFOO_SELF_HOSTED=1 CI=1 \
    measure promptfoo "$peer/node_modules/.bin/promptfoo" eval -c promptfooconfig.yaml --no-cache --no-progress-bar --no-table --no-share --no-write -j $concurrency
}
median() { awk -v l="$1" -v f="$2" '$1 == l { print $f }' "$run/results" | sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

echo "cores $(nproc), load before: $(cut -d' ' -f1-3 /proc/loadavg); promptfoo $("$peer/node_modules/.bin/promptfoo" --version 2>/dev/null | tail -n 1); .NET $(dotnet --version); floor $((2 * cases * delay / concurrency)) ms"
for _ in $(seq "$rounds"); do assay; promptfoo; done
awk -v a="$(median assay 2)" -v p="$(median promptfoo 2)" -v am="$(median assay 3)" -v pm="$(median promptfoo 3)" \
  'BEGIN { printf "medians: assay %.2f s, promptfoo %.2f s: %.1f times as many answers per second; peak memory %.0f MB and %.0f MB: %.2f\n", a, p, p / a, am / 1024, pm / 1024, am / pm }'
