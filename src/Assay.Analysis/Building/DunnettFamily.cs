using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Family 1 at the one look of the planned end: step-down Dunnett where one mean or proportion compares several treatments with the control, else Holm.</summary>
/// <remarks>Every comparison keeps its own test: its p-value is put on the scale of z, and only how alike the comparisons are is the normal distribution's.
/// For t statistics that share a variance this is the careful side, since a shared error makes them more alike than z's are.</remarks>
internal sealed class DunnettFamily
{
    private readonly double[] _loadings;
    private readonly double _alpha;

    private DunnettFamily(double[] loadings, double alpha, FamilyAdjustment? adjustment, Func<JsonObject>? arguments) =>
        (_loadings, _alpha, Adjustment, Arguments) = (loadings, alpha, adjustment, arguments);

    /// <summary>Null for a family of one.</summary>
    public FamilyAdjustment? Adjustment { get; }

    /// <summary>In the keys of <c>assay stats dunnett</c>; null where Holm was used.</summary>
    public Func<JsonObject>? Arguments { get; }

    private bool IsDunnett => _loadings.Length > 0;

    public static DunnettFamily Of(Experiment experiment, ImmutableArray<Comparison> family)
    {
        var alpha = experiment.Plan.Alpha;
        if (family.Length < 2) return new([], alpha, null, null);
        if (WhyNot(family) is { } why) return new([], alpha, new FamilyAdjustment(FamilyAdjustment.Holm, "Holm, not Dunnett: " + why), null);
        double[] loadings = [.. family.Select(c => Loading(c, RowBuilder.Arm(c.Moments.Arms, experiment.Control.Key), RowBuilder.Arm(c.Moments.Arms, c.Variant)))];
        return new(loadings, alpha,
            new FamilyAdjustment(FamilyAdjustment.Dunnett, $"step-down Dunnett: {family.Length} treatments share the control on {family[0].Metric.Name} at one look"),
            () => new JsonObject
            {
                ["statistics"] = new JsonArray([.. family.Select(c => (JsonNode)Z(c.Effect.PValue!.Value))]),
                ["loadings"] = new JsonArray([.. loadings.Select(l => (JsonNode)l)]),
                ["alpha"] = alpha,
            });
    }

    /// <summary>The level of each of those that are left, so that any of them claims falsely with chance alpha.</summary>
    public double LevelOf(int[] left) => !IsDunnett || left.Length == 1 ? _alpha / left.Length
        : Math.Clamp(StandardNormal.TwoSidedTail(Dunnett.Critical([.. left.Select(i => _loadings[i])], _alpha)), _alpha / left.Length, _alpha);

    public double[] Adjust(ReadOnlySpan<double> pValues)
    {
        if (!IsDunnett) return Multiplicity.Holm(pValues);
        double[] statistics = new double[pValues.Length], alone = pValues.ToArray();
        for (var i = 0; i < statistics.Length; i++) statistics[i] = Z(pValues[i]);
        // One left alone keeps its own p-value to the last digit.
        return [.. Dunnett.StepDown(statistics, _loadings).Select((p, i) => Math.Max(p, alone[i]))];
    }

    private static double Z(double pValue) => pValue >= 1 ? 0 : pValue <= 0 ? LookStatistic.LargestZ : Math.Min(LookStatistic.LargestZ, StandardNormal.Critical(pValue));

    private static string? WhyNot(ImmutableArray<Comparison> family)
    {
        if (family.Select(c => c.Metric.Name).Distinct().Count() > 1) return "there are several primaries";
        var metric = family[0].Metric;
        if (metric.Type is not (MetricType.Proportion or MetricType.Mean or MetricType.Count)) return $"how alike comparisons of a {Words.TypeOf(metric.Type)} are is not known";
        foreach (var c in family)
        {
            if (!c.Effect.IsEstimated || c.Effect.PValue is null) return $"'{c.Variant}' has no test";
            if (c.Effect.Method is not (ProportionEffect.Method or MeanEffect.Method)) return $"the method is {c.Effect.Method}";
        }
        return null;
    }

    /// <summary>Without an effect shares have one variance, and only the arms' sizes count; means have those that were seen.</summary>
    private static double Loading(Comparison c, MetricArmMoments control, MetricArmMoments treatment)
    {
        if (c.Metric.Type == MetricType.Proportion) return Dunnett.Loading(control.Units, treatment.Units);
        double shared = control.Variance / control.Units, own = treatment.Variance / treatment.Units;
        return shared + own > 0 ? Math.Sqrt(shared / (shared + own)) : Dunnett.Loading(control.Units, treatment.Units);
    }
}
