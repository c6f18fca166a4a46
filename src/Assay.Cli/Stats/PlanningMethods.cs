using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class PlanningMethods
{
    public static IEnumerable<StatsMethod> All =>
    [
        new("sample-size-proportion", "units to find a difference of two proportions (ratio: treatment per control)",
            """{"baseline": 0.60, "effect": 0.05, "alpha": 0.05, "power": 0.8, "ratio": 1}""", RunProportion),
        new("sample-size-mean", "units to find a difference of two means; controlN and treatmentN are unrounded",
            """{"standardDeviation": 1.2, "effect": 0.1, "alpha": 0.05, "power": 0.8, "ratio": 1}""", RunMean),
        new("detectable-effect-proportion", "smallest difference of two proportions that these units find",
            """{"baseline": 0.60, "controlN": 1471, "treatmentN": 1471, "power": 0.8}""",
            input => new StatsOutput().Add("effect", DetectableEffect.ForProportions(
                input.Number("baseline"), input.Number("controlN"), input.Number("treatmentN"), input.Alpha, Power(input), input.FlagOr("decrease", false))).ToJson()),
        new("detectable-effect-mean", "smallest difference of two means that these units find",
            """{"standardDeviation": 1.2, "controlN": 1000, "treatmentN": 1000, "power": 0.8}""",
            input => new StatsOutput().Add("effect", DetectableEffect.ForMeans(
                input.Number("standardDeviation"), input.Number("controlN"), input.Number("treatmentN"), input.Alpha, Power(input))).ToJson()),
        new("power-proportion", "chance to find a difference of two proportions",
            """{"baseline": 0.60, "effect": 0.05, "controlN": 1471, "treatmentN": 1471}""",
            input => new StatsOutput().Add("power", Statistics.Power.ForProportions(
                input.Number("baseline"), input.Number("effect"), input.Number("controlN"), input.Number("treatmentN"), input.Alpha)).ToJson()),
        new("power-mean", "chance to find a difference of two means",
            """{"standardDeviation": 1.2, "effect": 0.1, "controlN": 1000, "treatmentN": 1000}""",
            input => new StatsOutput().Add("power", Statistics.Power.ForMeans(
                input.Number("standardDeviation"), input.Number("effect"), input.Number("controlN"), input.Number("treatmentN"), input.Alpha)).ToJson()),
    ];

    private static double Power(StatsInput input) => input.NumberOr("power", 0.8);

    private static JsonObject RunProportion(StatsInput input)
    {
        var needed = SampleSize.ForProportions(
            input.Number("baseline"), input.Number("effect"), input.Alpha, Power(input), input.NumberOr("ratio", 1));
        return Sizes(new StatsOutput().Add("controlN", needed.Control).Add("treatmentN", needed.Treatment), needed);
    }

    private static JsonObject RunMean(StatsInput input)
    {
        var ratio = input.NumberOr("ratio", 1);
        var needed = SampleSize.ForMeans(input.Number("standardDeviation"), input.Number("effect"), input.Alpha, Power(input), ratio);
        return Sizes(new StatsOutput().Add("controlN", needed.ControlExact).Add("treatmentN", needed.ControlExact * ratio), needed);
    }

    private static JsonObject Sizes(StatsOutput output, RequiredSample needed)
    {
        if (needed.PerArm is { } perArm) output.Add("perArm", perArm);
        else output.Null("perArm", "the arms differ in size");
        return output.Add("total", needed.Total).ToJson();
    }
}
