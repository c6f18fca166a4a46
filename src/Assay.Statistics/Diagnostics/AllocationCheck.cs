namespace Assay.Statistics;

/// <summary>Sample ratio mismatch under a bandit, whose shares change: Σ(1{A} − e) standardised, before any exclusion.</summary>
/// <remarks>
/// Given the past, 1{A} − e has mean 0 and covariance diag(e) − eeᵀ whatever the rule, so the sum is a martingale and, standardised, nearly normal in large samples.
/// χ² = sᵀV⁻¹s with V the sum of the covariances. Fixed horizon. Central limit theorem for martingales: B. M. Brown, Annals of Mathematical Statistics 42 (1971) 59–66,
/// doi:10.1214/aoms/1177693494.
/// </remarks>
public sealed class AllocationCheck
{
    private readonly double[] _excess;
    private readonly double[,] _covariance;
    private long _pulls;

    /// <param name="arms">Number of arms; 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">arms is below 2.</exception>
    public AllocationCheck(int arms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        (_excess, _covariance) = (new double[arms], new double[arms, arms]);
    }

    /// <summary>Takes in one pull, rewarded or not.</summary>
    /// <param name="arm">The arm taken, from 0.</param>
    /// <param name="propensities">The probability that each arm had; their sum is 1, the taken arm's is positive.</param>
    /// <exception cref="ArgumentException">Propensities are none, or not one per arm.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arm.</exception>
    public void Add(int arm, IReadOnlyList<double> propensities)
    {
        Propensities.Check(propensities, arm);
        Guard.SameLength(propensities.Count, _excess.Length, nameof(propensities));
        _pulls++;
        for (var i = 0; i < _excess.Length; i++)
        {
            _excess[i] += (i == arm ? 1 : 0) - propensities[i];
            _covariance[i, i] += propensities[i];
            for (var j = 0; j < _excess.Length; j++) _covariance[i, j] -= propensities[i] * propensities[j];
        }
    }

    /// <summary>The test of all pulls so far.</summary>
    /// <returns>Not estimable without pulls, or when every pull was certain.</returns>
    public Estimated<AllocationCheckResult> Test()
    {
        if (_pulls == 0) return new NotEstimable("there are no pulls yet");
        int[] free = [.. Enumerable.Range(0, _excess.Length).Where(i => _covariance[i, i] > 1e-9)];
        if (free.Length < 2) return new NotEstimable("every pull was certain: no chance, nothing to test");
        // The free arms' sum is fixed, so the last of them is determined by the others.
        int[] kept = free[..^1];
        var matrix = new double[kept.Length, kept.Length];
        for (var i = 0; i < kept.Length; i++)
            for (var j = 0; j < kept.Length; j++) matrix[i, j] = _covariance[kept[i], kept[j]];
        double[] excess = [.. kept.Select(i => _excess[i])];
        var (solution, dropped) = CovarianceMatrix.Solve(matrix, excess);
        var statistic = Math.Max(0, excess.Zip(solution, (s, x) => s * x).Sum());
        var degreesOfFreedom = kept.Length - dropped.Length;
        return new AllocationCheckResult(
            [.. _excess],
            [.. _excess.Select((s, i) => _covariance[i, i] > 1e-9 ? s / Math.Sqrt(_covariance[i, i]) : (Estimated<double>)new NotEstimable("this arm was never left to chance"))],
            statistic, degreesOfFreedom, SampleRatio.ChiSquareTail(statistic, degreesOfFreedom));
    }
}
