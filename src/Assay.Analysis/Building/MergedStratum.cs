using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>One stratum of a comparison, or several small ones together.</summary>
/// <param name="Values">The attributes' values of each that is in it; an empty one stands for those that were not told apart.</param>
/// <param name="Control">The control's units; of a mean only the numerator means anything.</param>
/// <param name="Treatment">The treatment's.</param>
/// <param name="AllUnits">Of all arms: the weight.</param>
internal sealed record MergedStratum(IReadOnlyList<ImmutableArray<string?>> Values, RatioMoments Control, RatioMoments Treatment, long AllUnits)
{
    /// <summary>A stratum with fewer units in any arm is merged with the other small ones: sizes alone decide, never outcomes, and for all treatments alike.</summary>
    public const int FewestUnits = 10;

    /// <summary>The strata of a comparison, the merged one last.</summary>
    public static IReadOnlyList<MergedStratum> Of(MetricArmMoments control, MetricArmMoments treatment)
    {
        var (kept, rest) = Part(control.Strata);
        List<MergedStratum> strata = [.. kept.Select(i => One(control.Strata[i], treatment.Strata[i]))];
        if (rest.Count > 0) strata.Add(rest.Select(i => One(control.Strata[i], treatment.Strata[i])).Aggregate((a, b) => a.With(b)));
        return strata;
    }

    /// <summary>The strata that stand for themselves in all of the metrics: from the first look on these and no others, for a look that tells more strata apart than
    /// an earlier one would hold more information than its units say, and boundaries would be too low.</summary>
    public static ImmutableArray<ImmutableArray<string?>> Kept(IEnumerable<MetricMoments> metrics)
    {
        List<HashSet<string>> kept = [];
        List<StratumMoments> all = [];
        foreach (var arm in metrics.Select(m => m.Arms[0]).Where(a => !a.Strata.IsEmpty))
        {
            var own = Part(arm.Strata).Kept.ConvertAll(i => arm.Strata[i]);
            kept.Add([.. own.Select(s => s.Name)]);
            all.AddRange(own);
        }
        return [.. all.DistinctBy(s => s.Name).Where(s => kept.TrueForAll(k => k.Contains(s.Name))).Select(s => s.Stratum)];
    }

    public JsonObject Describe(bool isRatio, double all) => new()
    {
        ["values"] = new JsonArray([.. Values.Select(v => (JsonNode)new JsonArray([.. v.Select(x => (JsonNode?)x)]))]),
        ["weight"] = AllUnits / all,
        ["control"] = Describe(Control, isRatio),
        ["treatment"] = Describe(Treatment, isRatio),
    };

    /// <summary>Which strata are large enough, and which are taken together; where these stay too few they take in the smallest of the others.</summary>
    private static (List<int> Kept, List<int> Merged) Part(ImmutableArray<StratumMoments> strata)
    {
        var kept = Enumerable.Range(0, strata.Length).Where(i => strata[i].FewestUnits >= FewestUnits && !strata[i].Stratum.IsEmpty).ToList();
        var rest = Enumerable.Range(0, strata.Length).Except(kept).ToList();
        // The sum of the strata's fewest is at most the fewest of their sum, and the same for every treatment.
        while (rest.Count > 0 && kept.Count > 0 && rest.Sum(i => strata[i].FewestUnits) < FewestUnits)
        {
            var smallest = kept.MinBy(i => strata[i].AllUnits);
            kept.Remove(smallest);
            rest.Add(smallest);
        }
        return (kept, rest);
    }

    private MergedStratum With(MergedStratum other) =>
        new([.. Values, .. other.Values], Control.Merge(other.Control), Treatment.Merge(other.Treatment), AllUnits + other.AllUnits);

    private static MergedStratum One(StratumMoments control, StratumMoments treatment) => new([control.Stratum], Moments(control), Moments(treatment), control.AllUnits);

    private static RatioMoments Moments(StratumMoments s)
    {
        // Sums in floating point can leave a covariance a hair beyond what its variances allow.
        var limit = Math.Sqrt(s.Variance) * Math.Sqrt(s.DenominatorVariance);
        return new(s.Units, s.Mean, s.DenominatorMean, s.Variance, s.DenominatorVariance, Math.Clamp(s.Covariance, -limit, limit));
    }

    private static JsonObject Describe(RatioMoments m, bool isRatio) => isRatio
        ? new()
        {
            ["n"] = m.N,
            ["meanNumerator"] = m.MeanNumerator,
            ["meanDenominator"] = m.MeanDenominator,
            ["varianceNumerator"] = m.VarianceNumerator,
            ["varianceDenominator"] = m.VarianceDenominator,
            ["covariance"] = m.Covariance,
        }
        : new() { ["n"] = m.N, ["mean"] = m.MeanNumerator, ["variance"] = m.VarianceNumerator };
}
