"""One table of BenchmarkDotNet's results and the peers' times."""
import csv
import glob
import sys

UNITS = {"ns": 1e-6, "μs": 1e-3, "us": 1e-3, "ms": 1.0, "s": 1e3}
ROWS = [
    ("two proportions: z, intervals", "two proportions: z, Wald, Newcombe, Wilson", None, "two-proportions", ""),
    ("Welch's t: p and interval (scipy: p alone)", "Welch's t: p and interval", None, "welch", ""),
    ("McNemar, exact and corrected", "McNemar, exact and corrected", None, "mcnemar", ""),
    ("sample ratio, chi-square", "sample ratio, chi-square", None, "srm", ""),
    ("ratio by the delta method", "ratio by the delta method", None, None, ""),
    ("size of a comparison of means", "units for a difference of means", None, "size-mean", ""),
    ("O'Brien–Fleming bounds, 4 looks", "bounds by spending", ("Looks", "4"), "design-4", ""),
    ("O'Brien–Fleming bounds, 10 looks", "bounds by spending", ("Looks", "10"), "design-10", "5 ms"),
    ("O'Brien–Fleming bounds, 181 looks", "bounds by spending", ("Looks", "181"), None, "1,000 ms"),
    ("bootstrap of means: 10,000 resamples of 100,000 values", "mean", None, "bootstrap-mean", "3,000 ms"),
    ("bootstrap of medians, the same", "median, a general statistic", None, "bootstrap-median", "3,000 ms"),
    ("bootstrap of trimmed means, the same", "mean trimmed by a tenth, which reads every value", None, None, "3,000 ms"),
    ("report: 200 proportions × 20 segments × 3 variants", "200 metrics x 20 segments x 3 variants", ("Kind", "proportion"), None, "50 ms"),
    ("report: 200 means × 20 segments × 3 variants", "200 metrics x 20 segments x 3 variants", ("Kind", "mean"), None, "50 ms"),
    ("report: half and half", "200 metrics x 20 segments x 3 variants", ("Kind", "mixed"), None, "50 ms"),
]


def milliseconds(text):
    number, unit = text.replace(",", "").split(" ")
    return float(number) * UNITS[unit]


def shown(value):
    return f"{value:,.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 1 else f"{value * 1e3:.2f} µs"


ours = []
for path in glob.glob(sys.argv[1] + "/results/*.csv"):
    with open(path, newline="", encoding="utf-8") as file:
        sample = file.readline()
        file.seek(0)
        ours += list(csv.DictReader(file, delimiter=";" if ";" in sample and sample.count(";") > sample.count(",") else ","))
with open(sys.argv[1] + "/peers.tsv", encoding="utf-8") as file:
    peers = {line.split("\t")[0]: (line.split("\t")[1], float(line.split("\t")[2])) for line in file if line.count("\t") == 2}

print("| | Assay | allocated | peer | the peer's time | goal |\n|---|---:|---:|---|---:|---:|")
for name, method, parameter, peer, goal in ROWS:
    found = [r for r in ours if r["Method"].strip("'").replace("''", "'") == method and (parameter is None or r.get(parameter[0]) == parameter[1])]
    time = shown(milliseconds(found[0]["Mean"])) if found else "not measured"
    allocated = (found[0].get("Allocated") or "") if found else ""
    other = peers.get(peer)
    print(f"| {name} | {time} | {'0' if allocated in ('-', '0 B') else allocated} | {other[0] if other else ''} | {shown(other[1]) if other else ''} | {goal} |")
