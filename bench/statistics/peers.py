"""The same questions asked of scipy and statsmodels; prints one line each: name, milliseconds."""
import statistics
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def timed(name, peer, function, repeats):
    function()
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(repeats):
            function()
        rounds.append((time.perf_counter() - start) / repeats * 1e3)
    print(f"{name}\t{peer}\t{statistics.median(rounds):.6f}", flush=True)


def scipy_peers():
    try:
        import scipy
        from scipy import stats
    except ImportError:
        return
    peer = "scipy " + scipy.__version__
    timed("welch", peer, lambda: stats.ttest_ind_from_stats(3.2, 2.2 ** 0.5, 1040, 3.1, 1.7 ** 0.5, 1000, equal_var=False), 500)
    timed("srm", peer, lambda: stats.chisquare([5010, 4990, 5100]), 500)
    random = np.random.default_rng(1)
    control, treatment = random.lognormal(size=50_000), random.lognormal(0.02, size=50_000)

    def bootstrap():
        means = np.empty(200)
        for i in range(200):
            means[i] = treatment[random.integers(0, 50_000, 50_000)].mean() - control[random.integers(0, 50_000, 50_000)].mean()
        return means

    # A fiftieth of the resamples, and the time fifty times over: the whole would take minutes.
    bootstrap()
    start = time.perf_counter()
    bootstrap()
    print(f"bootstrap-mean\tnumpy {np.__version__}, from 200 resamples\t{(time.perf_counter() - start) * 50e3:.1f}", flush=True)
    start = time.perf_counter()
    for _ in range(50):
        np.median(treatment[random.integers(0, 50_000, 50_000)]) - np.median(control[random.integers(0, 50_000, 50_000)])
    print(f"bootstrap-median\tnumpy {np.__version__}, from 50 resamples\t{(time.perf_counter() - start) * 200e3:.1f}", flush=True)


def statsmodels_peers():
    try:
        import statsmodels
        from statsmodels.stats.contingency_tables import mcnemar
        from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
        from statsmodels.stats.power import TTestIndPower
    except ImportError:
        return
    peer = "statsmodels " + statsmodels.__version__
    timed("two-proportions", peer, lambda: (proportions_ztest([660, 600], [1040, 1000]), confint_proportions_2indep(660, 1040, 600, 1000, method="newcomb")), 100)
    timed("mcnemar", peer, lambda: (mcnemar([[0, 140], [171, 0]], exact=True), mcnemar([[0, 140], [171, 0]], exact=False)), 100)
    timed("size-mean", peer, lambda: TTestIndPower().solve_power(effect_size=0.2, alpha=0.05, power=0.8), 20)


scipy_peers()
statsmodels_peers()
