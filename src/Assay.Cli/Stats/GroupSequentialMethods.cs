using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class GroupSequentialMethods
{
    private static readonly string[] Spendings = ["obrien-fleming", "pocock", "hwang-shih-decani", "kim-demets", "custom"];
    private static readonly string[] Rules =
        [.. Spendings, "classical-obrien-fleming", "classical-pocock", "wang-tsiatis", "haybittle-peto", "boundaries"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("group-sequential", $"critical values, spent alpha and power of a plan with several looks; spending: {string.Join(", ", Rules)}",
            """{"looks": [0.25, 0.5, 0.75, 1], "alpha": 0.05, "sided": 2, "spending": "obrien-fleming", "power": 0.8}""", RunDesign),
        new("group-sequential-result", "p-value, median-unbiased estimate and interval after a stop at a look",
            """{"looks": [0.25, 0.5, 0.75, 1], "spending": "obrien-fleming", "stoppedAtLook": 3, "z": 2.6}""", RunResult),
        new("group-sequential-futility", "bounds for giving up, by spending beta; nobody has to obey them",
            """{"looks": [0.25, 0.5, 0.75, 1], "spending": "obrien-fleming", "futilitySpending": "hwang-shih-decani", "futilityParameter": -2, "power": 0.8}""", RunFutility),
        new("sequential-p-value", "the least alpha at which the newest look's bound would have been reached; looks are those taken so far",
            """{"looks": [0.25, 0.5], "spending": "obrien-fleming", "z": 2.9, "final": false}""",
            input => new StatsOutput().Add("pValue", SequentialPValue.Of(
                input.Numbers("looks"), Spending(input, "spending", "parameter", "shares", Spendings), input.Number("z"), input.FlagOr("final", false))).ToJson()),
    ];

    private static JsonObject RunDesign(StatsInput input)
    {
        var design = Design(input);
        var power = input.NumberOr("power", 0.8);
        var drift = input.NumberOr("drift", StandardNormal.Critical(0.05) + StandardNormal.Quantile(0.8));
        var output = new StatsOutput()
            .Add("criticalValues", design.CriticalValues).Add("alphaSpentPerSide", design.AlphaSpent).Add("nominalPValues", design.NominalPValues)
            .Add("alpha", design.Alpha).Add("drift", drift).Add("powerAtDrift", GroupSequentialPower.Of(design, drift))
            .Add("meanInformationFraction", GroupSequentialPower.MeanInformationFraction(design, drift))
            .Add("inflationFactor", GroupSequentialPower.InflationFactor(design, power)).Add("final", IsFinal(input));
        var last = design.InformationFractions[^1];
        if (last < 1 && IsFinal(input) && SpendsTheRest(input))
            output.Add("note", $"the last look, at information fraction {Say.Number(last)}, is taken as final and spends all alpha that is left"
                + (Spends(input) ? "; if looks will follow, say \"final\": false" : ""));
        return output.ToJson();
    }

    private static JsonObject RunResult(StatsInput input)
    {
        var design = Design(input);
        var result = StageWise.Estimate(design, (int)Math.Min(input.Count("stoppedAtLook"), int.MaxValue), input.Number("z"), input.NumberOr("intervalAlpha", 0.05));
        var crossed = design.IsReached(result.Look, result.Z);
        var output = new StatsOutput()
            .Add("stageWisePValueOneSided", result.PValueOneSided).Add("pValue", result.PValue)
            .Add("medianUnbiasedDrift", result.Drift).Add("driftLow", "driftHigh", result.DriftInterval).Add("naiveDrift", result.NaiveDrift)
            .Add("criticalValue", design.CriticalValues[result.Look - 1]).Add("crossed", crossed);
        if (!crossed)
            output.Add("note", result.Look == design.CriticalValues.Count && IsFinal(input)
                ? "z crossed no bound: the experiment ended at its last look without a rejection"
                : $"z crossed no bound at look {result.Look}: these values hold only if the experiment ended there for a reason other than its results; if it goes on, they are no result yet");
        if (!input.Has("standardError")) return output.ToJson();
        var error = input.Number("standardError");
        return output.Add("effect", result.Effect(error)).Add("low", "high", result.EffectInterval(error))
            .Add("repeatedLow", "repeatedHigh", design.RepeatedInterval(result.Look, result.Z * error, error)).ToJson();
    }

    private static JsonObject RunFutility(StatsInput input)
    {
        var futility = BetaSpending.NonBinding(Design(input), Spending(input, "futilitySpending", "futilityParameter", "futilityShares", Spendings), input.NumberOr("power", 0.8));
        var (success, giveUp) = futility.StopProbabilities(futility.Drift);
        return new StatsOutput()
            .Add("criticalValues", futility.Design.CriticalValues).Add("futilityBounds", futility.Bounds).Add("betaSpent", futility.BetaSpent)
            .Add("drift", futility.Drift).Add("inflationFactor", futility.InflationFactor).Add("stopsForSuccess", success).Add("stopsForFutility", giveUp)
            .Add("meanInformationFraction", futility.MeanInformationFraction(futility.Drift))
            .Add("meanInformationFractionWithoutEffect", futility.MeanInformationFraction(0)).ToJson();
    }

    private static string Rule(StatsInput input) => input.TextOr("spending", input.Has("criticalValues") ? "boundaries" : "obrien-fleming", Rules);

    private static bool Spends(StatsInput input) => Spendings.Contains(Rule(input));

    private static bool SpendsTheRest(StatsInput input) => Rule(input) != "boundaries";

    // Only a spending function can leave alpha for looks to come; asked of no other rule, so that the field is refused there.
    private static bool IsFinal(StatsInput input) => !Spends(input) || input.FlagOr("final", true);

    private static GroupSequentialDesign Design(StatsInput input)
    {
        var looks = input.Numbers("looks");
        var rule = Rule(input);
        var sided = input.NumberOr("sided", 2);
        if (sided is not (1 or 2)) throw new UsageException("sided: must be 1 or 2");
        var twoSided = sided == 2;
        return rule switch
        {
            "classical-obrien-fleming" => GroupSequentialDesign.OBrienFleming(looks, input.Alpha, twoSided),
            "classical-pocock" => GroupSequentialDesign.Pocock(looks, input.Alpha, twoSided),
            "wang-tsiatis" => GroupSequentialDesign.WangTsiatis(looks, input.Number("parameter"), input.Alpha, twoSided),
            "haybittle-peto" => GroupSequentialDesign.HaybittlePeto(looks, input.NumberOr("parameter", 3), input.Alpha, twoSided),
            "boundaries" => GroupSequentialDesign.FromCriticalValues(looks, input.Numbers("criticalValues"), twoSided),
            _ => GroupSequentialDesign.Spending(looks, Spending(input, "spending", "parameter", "shares", Rules), input.Alpha, twoSided, IsFinal(input)),
        };
    }

    private static SpendingFunction Spending(StatsInput input, string field, string parameter, string shares, string[] allowed) =>
        input.TextOr(field, "obrien-fleming", allowed) switch
        {
            "pocock" => SpendingFunction.Pocock,
            "hwang-shih-decani" => SpendingFunction.HwangShihDeCani(input.Number(parameter)),
            "kim-demets" => SpendingFunction.KimDeMets(input.Number(parameter)),
            "custom" => SpendingFunction.Custom(input.Numbers("looks"), input.Numbers(shares)),
            _ => SpendingFunction.OBrienFleming,
        };
}
