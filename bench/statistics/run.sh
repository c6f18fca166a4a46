#!/usr/bin/env bash
# Statistics beside scipy, statsmodels and rpact, in one run: installs what Debian has of them (as root, else takes what is there) and prints one table.
# bench/statistics/run.sh [--no-install]
set -uo pipefail
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
cd "$root" || exit 5
if [ "${1:-}" != "--no-install" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends python3-scipy python3-statsmodels r-base-core r-cran-rpact >/dev/null 2>&1 \
    || { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-scipy python3-statsmodels r-base-core r-cran-rpact >/dev/null 2>&1; } \
    || echo "not every peer could be installed; the table shows those that are there" >&2
fi
work="$(mktemp -d)"; trap 'rm -rf "$work"' EXIT
dotnet build bench/Assay.Benchmarks -c Release -v quiet --nologo >/dev/null || exit 1
artifacts/bin/Assay.Benchmarks/release/Assay.Benchmarks --filter '*ClosedForm*' '*ReportBenchmark*' '*BootstrapBenchmark*' '*SizeBenchmark*' '*GroupSequentialBenchmark.Spending*' \
  --inProcess --warmupCount 3 --iterationCount 5 --artifacts "$work" --exporters csv >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
# Debian's own python, where its packages are.
for python in /usr/bin/python3 python3; do
  "$python" -c "import scipy" 2>/dev/null && { "$python" bench/statistics/peers.py >"$work/peers.tsv" 2>"$work/peers.err"; break; }
done
touch "$work/peers.tsv"
command -v Rscript >/dev/null && Rscript bench/statistics/peers.R >>"$work/peers.tsv" 2>/dev/null
/usr/bin/env python3 bench/statistics/table.py "$work"
