using System.Text.Json.Nodes;
using Assay.Analysis;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>Sizes beyond two means and two proportions.</summary>
internal static class DesignMethods
{
    private static readonly string[] s_spendings = ["obrien-fleming", "pocock", "hwang-shih-decani", "kim-demets"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("sample-size-ratio", "units to find a difference of two ratios, from a pilot's moments (delta method)",
            """{"effect": 0.1, "pilotN": 400, "meanNumerator": 5, "meanDenominator": 2, "varianceNumerator": 3, "varianceDenominator": 1, "covariance": 0.8}""", RunRatio),
        new("sample-size-quantile", "units to find a difference of two quantiles, from the density there or a pilot's interval",
            """{"quantile": 0.95, "effect": 150, "density": 0.0002}""", RunQuantile),
        new("sample-size-clustered", "values and clusters to find a difference of two means when whole clusters are assigned",
            """{"standardDeviation": 1.2, "effect": 0.1, "intraclassCorrelation": 0.05, "meanClusterSize": 8, "clusterSizeVariation": 0.6}""", RunClustered),
        new("sample-size-cuped", "units to find a difference of two means adjusted by a covariate",
            """{"standardDeviation": 1.2, "effect": 0.1, "correlation": 0.6}""",
            input => Sizes(SampleSize.ForMeans(
                Math.Sqrt(UnitVariance.Adjusted(Square(input.Number("standardDeviation")), input.Number("correlation"))),
                input.Number("effect"), input.Alpha, Power(input), Ratio(input))).ToJson()),
        new("sample-size-non-inferiority", "units to show that the treatment is not worse than the margin allows; alpha is one-sided; baseline (proportions) or standardDeviation (means)",
            """{"baseline": 0.8, "margin": 0.05, "alpha": 0.025}""", RunNonInferiority),
        new("sample-size-equivalence", "units to show that two arms differ by less than the margin (two one-sided tests at alpha); baseline or standardDeviation",
            """{"standardDeviation": 1, "margin": 0.2}""", RunEquivalence),
        new("sample-size-sequential", "planned maximum and expected sizes of a plan with looks, for a difference of two proportions (baseline) or means (standardDeviation)",
            """{"baseline": 0.6, "effect": 0.05, "looks": [0.25, 0.5, 0.75, 1], "spending": "obrien-fleming"}""", RunSequential),
        new("comparison-level", "level of each comparison when several treatments share a control: Bonferroni (Holm's first step) and Dunnett",
            """{"treatments": 3, "alpha": 0.05}""",
            input =>
            {
                var treatments = (int)Math.Clamp(input.Count("treatments"), 0, 1000);
                return new StatsOutput().Add("bonferroni", ComparisonLevel.Bonferroni(treatments, input.Alpha))
                    .Add("dunnett", ComparisonLevel.Dunnett(treatments, input.Alpha, Ratio(input))).ToJson();
            }),
        new("human-labels", "how many human labels buy an interval of this half-width, beside a judge that scored all items and without one",
            """{"labelDeviation": 0.45, "judgeDeviation": 0.4, "correlation": 0.7, "items": 5000, "halfWidth": 0.03}""",
            input => StatsOutput.Of(
                new LabelPlan(input.Number("labelDeviation"), input.Number("judgeDeviation"), input.Number("correlation"), input.Count("items"))
                    .For(input.Number("halfWidth"), input.Alpha, input.FlagOr("difference", false)),
                ["withJudge", "alone", "lambda", "equivalentLabels"],
                (output, labels) => output.Add("withJudge", labels.WithJudge).Add("alone", labels.Alone)
                    .Add("lambda", labels.Lambda).Add("equivalentLabels", labels.EquivalentLabels))),
    ];

    private static JsonObject RunRatio(StatsInput input)
    {
        var variance = UnitVariance.OfRatio(new RatioMoments(
            input.Count("pilotN"), input.Number("meanNumerator"), input.Number("meanDenominator"),
            input.Number("varianceNumerator"), input.Number("varianceDenominator"), input.Number("covariance")));
        return FromVariance(input, variance);
    }

    private static JsonObject RunQuantile(StatsInput input)
    {
        var quantile = input.Number("quantile");
        if (input.Has("density")) return FromVariance(input, UnitVariance.OfQuantile(quantile, input.Number("density")));
        var units = input.Count("pilotN");
        double low = input.Number("pilotLow"), high = input.Number("pilotHigh");
        if (!(high >= low)) throw new UsageException("pilotHigh: must not be below pilotLow");
        return FromVariance(input, UnitVariance.OfQuantile(new QuantileMoments(quantile, units, units, low + (high - low) / 2, low, high, StandardNormal.Critical(0.05))));
    }

    private static JsonObject FromVariance(StatsInput input, Estimated<double> variance)
    {
        double effect = input.Number("effect"), alpha = input.Alpha, power = Power(input), ratio = Ratio(input);
        return StatsOutput.Of(variance, ["unitVariance", "controlN", "treatmentN", "perArm", "total"], (output, perUnit) =>
            Sizes(NormalSampleSize.For(perUnit, perUnit, effect, alpha, power, ratio), output.Add("unitVariance", perUnit)));
    }

    private static JsonObject RunClustered(StatsInput input)
    {
        double size = input.Number("meanClusterSize"), ratio = Ratio(input);
        var variance = UnitVariance.Clustered(
            Square(input.Number("standardDeviation")), input.Number("intraclassCorrelation"), size, input.NumberOr("clusterSizeVariation", 0));
        var needed = NormalSampleSize.For(variance, variance, input.Number("effect"), input.Alpha, Power(input), ratio);
        return Sizes(needed)
            .Add("controlClusters", (long)Math.Ceiling(needed.ControlExact / size)).Add("treatmentClusters", (long)Math.Ceiling(needed.ControlExact * ratio / size))
            .Add("designEffect", variance / Square(input.Number("standardDeviation"))).ToJson();
    }

    private static JsonObject RunNonInferiority(StatsInput input)
    {
        double margin = input.Number("margin"), alpha = input.NumberOr("alpha", 0.025);
        return Sizes(input.Has("baseline")
            ? MarginSampleSize.NonInferiorityOfProportions(input.Number("baseline"), margin, input.NumberOr("effect", 0), input.FlagOr("higherIsBetter", true), alpha, Power(input), Ratio(input))
            : MarginSampleSize.NonInferiorityOfMeans(
                input.Number("standardDeviation"), margin, input.NumberOr("effect", 0) * (input.FlagOr("higherIsBetter", true) ? 1 : -1), alpha, Power(input), Ratio(input))).ToJson();
    }

    private static JsonObject RunEquivalence(StatsInput input)
    {
        double margin = input.Number("margin"), effect = input.NumberOr("effect", 0);
        return Sizes(input.Has("baseline")
            ? MarginSampleSize.EquivalenceOfProportions(input.Number("baseline"), margin, effect, input.Alpha, Power(input), Ratio(input))
            : MarginSampleSize.EquivalenceOfMeans(input.Number("standardDeviation"), margin, effect, input.Alpha, Power(input), Ratio(input))).ToJson();
    }

    private static JsonObject RunSequential(StatsInput input)
    {
        double alpha = input.Alpha, power = Power(input), ratio = Ratio(input), effect = input.Number("effect");
        var design = GroupSequentialDesign.Spending(input.Numbers("looks"), Spending(input, "spending", "parameter")!, alpha);
        var futility = input.Has("futilitySpending") ? Spending(input, "futilitySpending", "futilityParameter") : null;
        var oneLook = input.Has("baseline") ? SampleSize.ForProportions(input.Number("baseline"), effect, alpha, power, ratio)
            : SampleSize.ForMeans(input.Number("standardDeviation"), effect, alpha, power, ratio);
        var plan = SequentialSize.For(oneLook, design, power, ratio, futility);
        var total = plan.Maximum.ControlExact * (1 + ratio);
        var output = Sizes(plan.Maximum).Add("inflationFactor", plan.InflationFactor)
            .Add("expectedTotalAtEffect", total * plan.ExpectedFractionAtEffect).Add("expectedTotalWithoutEffect", total * plan.ExpectedFractionWithoutEffect);
        return plan.Futility is { } bounds ? output.Add("futilityBounds", bounds.Bounds).ToJson() : output.ToJson();
    }

    private static SpendingFunction Spending(StatsInput input, string field, string parameter) =>
        PlannedDesign.Spending(input.TextOr(field, "obrien-fleming", s_spendings), input.Has(parameter) ? input.Number(parameter) : null);

    private static StatsOutput Sizes(RequiredSample needed, StatsOutput? output = null)
    {
        output = (output ?? new StatsOutput()).Add("controlN", needed.Control).Add("treatmentN", needed.Treatment);
        if (needed.PerArm is { } perArm) output.Add("perArm", perArm);
        else output.Null("perArm", "the arms differ in size");
        return output.Add("total", needed.Total);
    }

    private static double Power(StatsInput input) => input.NumberOr("power", 0.8);

    private static double Ratio(StatsInput input) => input.NumberOr("ratio", 1);

    private static double Square(double value) => value * value;
}
