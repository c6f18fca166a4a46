namespace Assay.Statistics;

/// <summary>Means of arms whose traffic followed their rewards, by adaptively weighted AIPW scores. The plain means are biased downwards then: an arm with bad luck
/// is pulled no more.</summary>
/// <remarks>
/// Γ_k = m_k + 1{A=k} (Y − m_k) / e_k with m_k the arm's mean in earlier batches, weighted by √e_k: Q = ΣhΓ / Σh, error √Σh²(Γ − Q)² / Σh. V. Hadad, D. A. Hirshberg, R. Zhan, S. Wager,
/// S. Athey, PNAS 118 (2021) e2014602118, doi:10.1073/pnas.2014602118. Needs propensities with a floor above 0 and means that stay. Fixed horizon: at a stop that
/// looks at the rewards, <see cref="BanditWinner"/> is what holds.
/// </remarks>
public sealed class AdaptiveEstimation
{
    /// <summary>Fewer events in an arm carry no estimate.</summary>
    public const int LeastEvents = 30;

    private readonly Sums[] _sums;
    private readonly ArmRewards[] _earlier;
    private readonly long[] _zeros;
    private readonly long[] _ones;
    private double? _origin;

    /// <param name="arms">Number of arms; 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">arms is below 2.</exception>
    public AdaptiveEstimation(int arms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        (_sums, _earlier, _zeros, _ones) = (new Sums[arms], new ArmRewards[arms], new long[arms], new long[arms]);
    }

    /// <summary>Takes in the next batch. Pulls without a reward are left out, which takes them to be missing whatever the reward would have been.</summary>
    /// <param name="batch">Pulls made after those of all earlier batches; their rewards did not influence each other's propensities.</param>
    /// <exception cref="ArgumentException">Propensities are none, or not one per arm.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A reward is not finite, or there is no such arm.</exception>
    public void Add(IReadOnlyList<BanditPull> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var means = Array.ConvertAll(_earlier, a => a.Mean);
        foreach (var pull in batch)
        {
            Guard.SameLength(pull.Propensities.Count, _sums.Length, nameof(batch));
            Propensities.Check(pull.Propensities, pull.Arm);
            if (pull.Reward is not { } reward) continue;
            Guard.Finite(reward, nameof(batch));
            // Sums of squares are taken around the first reward, so that a large common offset costs no digits.
            var origin = _origin ??= reward;
            for (var k = 0; k < _sums.Length; k++)
            {
                var e = pull.Propensities[k];
                var model = means[k]; // 0 before the first batch: nothing is known.
                _sums[k].Add(Math.Sqrt(e), model - origin + (pull.Arm == k ? (reward - model) / e : 0));
            }
        }
        foreach (var pull in batch)
        {
            if (pull.Reward is not { } reward) continue;
            _earlier[pull.Arm] = _earlier[pull.Arm].Add(reward);
            if (reward == 0) _zeros[pull.Arm]++;
            else if (reward == 1) _ones[pull.Arm]++;
        }
    }

    /// <summary>Each arm's mean reward.</summary>
    /// <param name="alpha">Level of the intervals, a probability in (0, 1).</param>
    /// <returns>One estimate per arm; not estimable below <see cref="LeastEvents"/> events in the arm: rewards, or when all arms have 0/1 rewards the rarer of its zeros and ones.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public IReadOnlyList<Estimated<AdaptiveEstimate>> Estimates(double alpha = 0.05)
    {
        var critical = StandardNormal.Critical(alpha);
        return [.. Enumerable.Range(0, _sums.Length).Select(k => Estimate(k, critical))];
    }

    /// <summary>Difference of two arms' mean rewards, treatment minus control.</summary>
    /// <param name="control">From 0.</param>
    /// <param name="treatment">From 0; not the same.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <returns>The difference with a normal test; not estimable when an arm is not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arm, both are the same, or alpha is outside (0, 1).</exception>
    public Estimated<MeanComparison> Compare(int control, int treatment, double alpha = 0.05)
    {
        var critical = StandardNormal.Critical(alpha);
        foreach (var arm in (ReadOnlySpan<int>)[control, treatment])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(arm);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(arm, _sums.Length);
        }
        ArgumentOutOfRangeException.ThrowIfEqual(treatment, control);
        Estimated<AdaptiveEstimate> c = Estimate(control, critical), t = Estimate(treatment, critical);
        if (!c.IsEstimable) return new NotEstimable($"arm {control}: {c.Reason}");
        if (!t.IsEstimable) return new NotEstimable($"arm {treatment}: {t.Reason}");
        return TwoMeans.Conclude(
            t.Value.Estimate - c.Value.Estimate, double.Hypot(c.Value.StandardError, t.Value.StandardError), double.PositiveInfinity, alpha, Alternative.TwoSided);
    }

    private Estimated<AdaptiveEstimate> Estimate(int arm, double critical)
    {
        var pulls = (long)Math.Round(_earlier[arm].Weight);
        var binary = _earlier.Sum(a => a.Weight) <= _zeros.Sum() + _ones.Sum() + 0.5;
        var events = binary ? Math.Min(_zeros[arm], _ones[arm]) : pulls;
        if (events < LeastEvents)
            return new NotEstimable(binary
                ? $"at least {LeastEvents} rewards of 0 and of 1 are needed; there are {_zeros[arm]} and {_ones[arm]}"
                : $"at least {LeastEvents} rewards are needed; there are {events}");
        var (mean, error) = _sums[arm].Conclude();
        if (!(error > 0)) return new NotEstimable("all rewards of this arm are equal, so there is no error to judge them by");
        var estimate = _origin!.Value + mean;
        return new AdaptiveEstimate(estimate, error, new(estimate - critical * error, estimate + critical * error), pulls, events);
    }

    private struct Sums
    {
        private double _weight, _score, _weight2, _score2, _square2;

        public void Add(double h, double score)
        {
            _weight += h;
            _score += h * score;
            _weight2 += h * h;
            _score2 += h * h * score;
            _square2 += h * h * score * score;
        }

        public readonly (double Mean, double Error) Conclude()
        {
            var mean = _score / _weight;
            return (mean, Math.Sqrt(Math.Max(0, _square2 - mean * (2 * _score2 - mean * _weight2))) / _weight);
        }
    }
}
