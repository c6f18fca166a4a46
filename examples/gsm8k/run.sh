#!/usr/bin/env bash
# Two recorded models behind the gateway: run.sh SOLUTIONS.jsonl [DATA_FOLDER]
# SOLUTIONS.jsonl is example_model_solutions.jsonl of the grade-school-math data set (MIT).
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,3p' "$0" | cut -c3-; exit 2; }
here="$(cd "$(dirname "$0")" && pwd)"; root="$here/../.."
solutions="$(realpath "$1")"; data="${2:-assay-gsm8k}"
server=http://127.0.0.1:7070
for project in ReplayUpstream AskQuestions; do dotnet build "$here/$project" -c Release -v quiet --nologo; done
"$root/assay" --version >/dev/null
bin="$root/artifacts/bin"
trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
dotnet "$bin/ReplayUpstream/release/ReplayUpstream.dll" "$solutions" 6b_verification http://127.0.0.1:7081 &
dotnet "$bin/ReplayUpstream/release/ReplayUpstream.dll" "$solutions" 175b_finetuning http://127.0.0.1:7082 &
"$root/assay" serve --definitions "$here" --data "$data" --urls $server --quiet &
for port in 7070 7081 7082; do
  for _ in $(seq 300); do (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null && break; sleep 0.1; done
done
"$root/assay" experiments start gsm8k-verification --server $server
dotnet "$bin/AskQuestions/release/AskQuestions.dll" "$solutions" $server
sleep 11 # until the last conversations are closed: their definition says 10 s idle
"$root/assay" experiments report gsm8k-verification --server $server
