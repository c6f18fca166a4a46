#!/usr/bin/env bash
# Four recorded models in the arena: arena.sh SOLUTIONS.jsonl [OUT_FOLDER]
# SOLUTIONS.jsonl is example_model_solutions.jsonl of the grade-school-math data set (MIT).
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,3p' "$0" | cut -c3-; exit 2; }
here="$(cd "$(dirname "$0")" && pwd)"; root="$here/../.."
solutions="$(realpath "$1")"; out="${2:-assay-arena}"
dotnet build "$here/ReplayUpstream" -c Release -v quiet --nologo
"$root/assay" --version >/dev/null
port=7081; trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
for model in 6b_verification 6b_finetuning 175b_finetuning 175b_verification; do
  dotnet "$root/artifacts/bin/ReplayUpstream/release/ReplayUpstream.dll" "$solutions" $model http://127.0.0.1:$port & port=$((port + 1))
done
for port in 7081 7082 7083 7084; do
  for _ in $(seq 300); do (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null && break; sleep 0.1; done
done
suite="$(mktemp -d)"; sed "s|GSM8K_SOLUTIONS.jsonl|$solutions|" "$here/arena.yaml" > "$suite/arena.yaml"
"$root/assay" arena run "$suite/arena.yaml" --out "$out"
