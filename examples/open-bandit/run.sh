#!/usr/bin/env bash
# Open Bandit (men) replayed both ways: run.sh BTS/men.csv RANDOM/men.csv
# The two files are of the small Open Bandit data set in st-tech/zr-obp (Apache-2.0).
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,3p' "$0" | cut -c3-; exit 2; }
assay="$(cd "$(dirname "$0")" && pwd)/../../assay"
columns=(--arm item_id --reward click --propensity propensity_score)
echo "== The Thompson log, replayed under each algorithm"
"$assay" bandit replay "$1" "${columns[@]}"
echo
echo "== The uniform log; the Thompson policy by its frequencies of item × position"
"$assay" bandit replay "$2" "${columns[@]}" --target-log "$1" --target-by position
