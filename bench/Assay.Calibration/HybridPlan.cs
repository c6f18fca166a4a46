using Assay.Analysis;
using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>The hybrid through the rules of the verdict: harm at any of 14 looks, benefit once; planned for power .80.</summary>
public static class HybridPlan
{
    private const int Looks = 14;
    private const long Planned = 140_000;

    /// <param name="hasEffect">Whether the treatment is better by the minimum effect.</param>
    /// <param name="runs">Experiments.</param>
    /// <param name="seed">Seed.</param>
    /// <returns>Decision → share of the runs.</returns>
    public static IReadOnlyDictionary<string, double> Decide(bool hasEffect, int runs, long seed)
    {
        // In units of the standard error at the end.
        var delta = StandardNormal.Critical(0.05) + StandardNormal.Quantile(0.8);
        var counts = new SortedDictionary<string, double>();
        var random = new RandomStream(seed, 0);
        for (var run = 0; run < runs; run++)
        {
            var decision = DecisionNames.Of(One(ref random, hasEffect ? delta : 0, delta));
            counts[decision] = counts.GetValueOrDefault(decision) + 1.0 / runs;
        }
        return counts;
    }

    private static Decision One(ref RandomStream random, double truth, double delta)
    {
        double sum = 0;
        for (var look = 1; ; look++)
        {
            sum += truth / Looks + random.Normal() / Math.Sqrt(Looks);
            double information = (double)look / Looks, estimate = sum / information, error = 1 / Math.Sqrt(information), narrow = StandardNormal.Critical(0.1) * error;
            var isFinal = look == Looks;
            var hybrid = Hybrid.Of(estimate, error, Planned * look / Looks, Planned, isFinal);
            var decision = VerdictRules.Decide(new VerdictFacts
            {
                IsDecisionPoint = true,
                IsFinal = isFinal,
                Treatments = [new TreatmentFacts("treatment", [new PrimaryFacts
                {
                    Metric = "m",
                    Estimate = estimate,
                    Interval = new TurnedInterval(hybrid.Interval.Low, hybrid.Interval.High),
                    EquivalenceInterval = new TurnedInterval(estimate - narrow, estimate + narrow),
                    MinimumEffect = delta,
                }], [])],
            }).Decision;
            if (isFinal || decision != Decision.KeepRunning) return decision;
        }
    }
}
