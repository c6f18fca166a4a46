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

    /// <summary>The strata of a comparison, the merged one last; where it stays too small it takes in the smallest that are left.</summary>
    public static IReadOnlyList<MergedStratum> Of(MetricArmMoments control, MetricArmMoments treatment)
    {
        var kept = Enumerable.Range(0, control.Strata.Length).Where(i => control.Strata[i].FewestUnits >= FewestUnits && !control.Strata[i].Stratum.IsEmpty).ToList();
        var rest = Enumerable.Range(0, control.Strata.Length).Except(kept).ToList();
        // The sum of the strata's fewest is at most the fewest of their sum, and the same for every treatment.
        while (rest.Count > 0 && kept.Count > 0 && rest.Sum(i => control.Strata[i].FewestUnits) < FewestUnits)
        {
            var smallest = kept.MinBy(i => control.Strata[i].AllUnits);
            kept.Remove(smallest);
            rest.Add(smallest);
        }
        List<MergedStratum> strata = [.. kept.Select(i => One(control.Strata[i], treatment.Strata[i]))];
        if (rest.Count > 0) strata.Add(rest.Select(i => One(control.Strata[i], treatment.Strata[i])).Aggregate((a, b) => a.With(b)));
        return strata;
    }

    public JsonObject Describe(bool isRatio, double all) => new()
    {
        ["values"] = new JsonArray([.. Values.Select(v => (JsonNode)new JsonArray([.. v.Select(x => (JsonNode?)x)]))]),
        ["weight"] = AllUnits / all,
        ["control"] = Describe(Control, isRatio),
        ["treatment"] = Describe(Treatment, isRatio),
    };

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
