using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>Numbers behind imperfect instruments: another policy's log, a judge who errs.</summary>
internal static class JudgeMethods
{
    private static readonly string[] OffPolicyKeys =
    [
        "ips", "ipsStandardError", "ipsLow", "ipsHigh", "snips", "snipsStandardError", "snipsLow", "snipsHigh", "effectiveSampleSize", "events",
    ];

    private static readonly string[] MeanKeys = ["estimate", "standardError", "low", "high", "lambda", "classicalStandardError", "equivalentLabels"];
    private static readonly string[] CorrectedKeys = ["difference", "standardError", "pValue", "low", "high"];
    private static readonly string[] TrafficKeys = ["estimate", "standardError", "low", "high", "labels", "units", "lambdas"];
    private static readonly string[] DifferenceKeys = ["difference", "standardError", "df", "pValue", "low", "high", "controlLambda", "treatmentLambda"];

    private static readonly string[] LengthKeys =
    [
        "winRate", "low", "high", "rawWinRate", "lengthCoefficient", "lengthPValue", "orderCoefficient", "orderPValue", "longerPreferred", "cases",
    ];

    public static IEnumerable<StatsMethod> All =>
    [
        new("length-controlled", "win rate at equal lengths and balanced order: score 1 win, 0 loss; lengthDifference treatment − control; shownFirst 1 treatment, -1 control",
            """{"score": [1, 0, 0.5, 1, 0, 1, 1, 0], "lengthDifference": [90, -40, 10, 120, 60, -20, 30, -70], "shownFirst": [1, -1, 1, -1, 1, -1, 1, -1]}""", RunLength),
        new("off-policy", "what a target policy would have earned, from another's log: IPS, SNIPS, effective sample size; actions are numbered from 0; doubly robust with modelTaken and modelTarget, a model's reward of the action taken and its mean under the target, per event",
            """{"action": [0, 1, 1, 0], "reward": [1, 0, 1, 0], "propensity": [0.5, 0.5, 0.25, 0.75], "targetPolicy": [0.4, 0.6]}""", RunOffPolicy),
        new("rogan-gladen", "the true rate behind a judge who errs; sensitivity and specificity known, or counts of labels",
            """{"judgePositive": 643, "total": 1631, "truePositives": 80, "humanPositives": 103, "trueNegatives": 121, "humanNegatives": 158}""", RunRoganGladen),
        new("prediction-powered-mean", "mean human label, made narrower by a judge who scored everything (at least 50 labels)",
            """{"humanLabels": [1, 0, 1], "judgeOnLabelled": [0.8, 0.3, 0.6], "judgeOnUnlabelled": [0.7, 0.4, 0.9, 0.2]}""",
            input => StatsOutput.Of(PredictionPowered.Mean(Sample(input, "humanLabels", "judgeOnLabelled", "judgeOnUnlabelled"), input.Alpha), MeanKeys, (output, r) => output
                .Add("estimate", r.Estimate).Add("standardError", r.StandardError).Add("low", "high", r.Interval).Add("lambda", r.Lambda)
                .Add("classicalStandardError", r.ClassicalStandardError).Add("equivalentLabels", r.EquivalentLabels))),
        new("prediction-powered-difference", "the same for the difference of two arms, each with labels of its own",
            """{"controlHumanLabels": [1, 0], "controlJudgeOnLabelled": [0.8, 0.3], "controlJudgeOnUnlabelled": [0.7, 0.4], "treatmentHumanLabels": [1, 1], "treatmentJudgeOnLabelled": [0.9, 0.6], "treatmentJudgeOnUnlabelled": [0.7, 0.8]}""",
            input => StatsOutput.Of(
                PredictionPowered.Compare(
                    Sample(input, "controlHumanLabels", "controlJudgeOnLabelled", "controlJudgeOnUnlabelled"),
                    Sample(input, "treatmentHumanLabels", "treatmentJudgeOnLabelled", "treatmentJudgeOnUnlabelled"), input.Alpha),
                DifferenceKeys, (output, r) => output
                    .Add("difference", r.Of.Difference).Add("standardError", r.Of.StandardError).Add("df", r.Of.DegreesOfFreedom).Add("pValue", r.Of.PValue)
                    .Add("low", "high", r.Of.Interval).Add("controlLambda", r.Control.Lambda).Add("treatmentLambda", r.Treatment.Lambda))),
        new("prediction-powered-traffic", "mean human label per item of an arm's traffic: labels (null where none) drawn with known probabilities, items of one unit together; for a difference: controlJudge …, treatmentJudge …; unitScores: true adds what other methods take",
            """{"judge": [0.8, 0.3, 0.6], "human": [1, null, 0], "probability": [0.5, 0.5, 0.5], "unit": ["a", "a", "b"]}""", RunTraffic),
        new("rogan-gladen-difference", "difference of two arms behind a judge who errs, each with labels of its own, treatment − control",
            """{"controlJudgePositive": 643, "controlTotal": 1631, "controlTruePositives": 80, "controlHumanPositives": 103, "controlTrueNegatives": 121, "controlHumanNegatives": 158, "treatmentJudgePositive": 701, "treatmentTotal": 1640, "treatmentTruePositives": 90, "treatmentHumanPositives": 110, "treatmentTrueNegatives": 118, "treatmentHumanNegatives": 150}""",
            input => StatsOutput.Of(
                RoganGladen.Compare(
                    Part(input, "controlJudgePositive", "controlTotal"), Errors(input, "control"), Part(input, "treatmentJudgePositive", "treatmentTotal"), Errors(input, "treatment"), input.Alpha),
                CorrectedKeys, (output, r) => output.Add("difference", r.Difference).Add("standardError", r.StandardError).Add("pValue", r.PValue).Add("low", "high", r.Interval))),
    ];

    private static JsonObject RunTraffic(StatsInput input)
    {
        var withScores = input.FlagOr("unitScores", false);
        if (!input.Has("controlJudge"))
        {
            var arm = Traffic(input, "judge", "human", "probability", "unit");
            return StatsOutput.Of(PredictionPoweredTraffic.Rate(arm, input.Alpha), TrafficKeys, (output, r) => Scores(output
                .Add("estimate", r.Estimate).Add("standardError", r.StandardError).Add("low", "high", r.Interval).Add("labels", r.Labels).Add("units", r.Units).Add("lambdas", r.Lambdas), arm, ""));
        }
        LabelledTraffic control = Traffic(input, "controlJudge", "controlHuman", "controlProbability", "controlUnit"),
            treatment = Traffic(input, "treatmentJudge", "treatmentHuman", "treatmentProbability", "treatmentUnit");
        return StatsOutput.Of(PredictionPoweredTraffic.Compare(control, treatment, input.Alpha), [.. CorrectedKeys, "df"], (output, r) => Scores(Scores(output
            .Add("difference", r.Difference).Add("standardError", r.StandardError).Add("df", r.DegreesOfFreedom).Add("pValue", r.PValue).Add("low", "high", r.Interval), control, "control"), treatment, "treatment"));

        // One number per unit, in the order of the units' first items.
        StatsOutput Scores(StatsOutput output, LabelledTraffic arm, string name)
        {
            if (!withScores) return output;
            var scores = PredictionPoweredScores.Of(arm).Value;
            return output.Add(Field(name, "unitIds"), input.Names(Field(name, "unit")).Distinct()).Add(Field(name, "numerator"), scores.Sums).Add(Field(name, "denominator"), scores.Items);
        }

        static string Field(string arm, string field) => arm.Length == 0 ? field : arm + char.ToUpperInvariant(field[0]) + field[1..];
    }

    private static LabelledTraffic Traffic(StatsInput input, string judge, string human, string probability, string unit) =>
        new(input.Numbers(judge), input.NumbersOrMissing(human), input.Numbers(probability), input.Ids(unit));

    private static JudgeErrors Errors(StatsInput input, string arm) =>
        new(Part(input, arm + "TruePositives", arm + "HumanPositives"), Part(input, arm + "TrueNegatives", arm + "HumanNegatives"));

    private static JsonObject RunLength(StatsInput input)
    {
        double[] scores = input.Numbers("score"), lengths = input.Numbers("lengthDifference");
        int[] first = !input.Has("shownFirst") ? [] : [.. input.Numbers("shownFirst").Select((f, i) => f is -1 or 0 or 1 ? (int)f : throw new UsageException($"shownFirst[{i}]: must be 1, -1 or 0 (not known)"))];
        long[] cases = input.Has("case") ? input.Ids("case") : [.. Enumerable.Range(0, scores.Length).Select(i => (long)i)];
        foreach (var (name, length) in ((string, int)[])[("lengthDifference", lengths.Length), ("shownFirst", first.Length == 0 ? scores.Length : first.Length), ("case", cases.Length)])
            if (length != scores.Length) throw new UsageException($"{name}: has {length} elements, but score has {scores.Length}");
        if (Array.FindIndex(scores, s => s is < 0 or > 1) is >= 0 and var bad) throw new UsageException($"score[{bad}]: must lie from 0 to 1");
        return StatsOutput.Of(LengthControlled.Estimate(scores, lengths, first, cases, input.Alpha), LengthKeys, (output, r) => output
            .Add("winRate", r.WinRate).Add("low", "high", r.Interval).Add("rawWinRate", r.RawWinRate)
            .Add("lengthCoefficient", r.LengthCoefficient.Map(c => c.Difference)).Add("lengthPValue", r.LengthCoefficient.Map(c => c.PValue))
            .Add("orderCoefficient", r.OrderCoefficient.Map(c => c.Difference)).Add("orderPValue", r.OrderCoefficient.Map(c => c.PValue))
            .Add("longerPreferred", r.LongerPreferred).Add("cases", r.Cases));
    }

    private static JsonObject RunOffPolicy(StatsInput input)
    {
        var target = input.Numbers("targetPolicy");
        if (Math.Abs(target.Sum() - 1) > 1e-6) throw new UsageException($"targetPolicy: its probabilities must add up to 1, but add up to {target.Sum()}");
        double[] taken = [.. input.Counts("action").Select((a, i) => a < target.Length ? target[a] : throw new UsageException($"action[{i}]: there are actions 0 to {target.Length - 1}"))];
        (double, double)[] model = [];
        if (input.Has("modelTaken"))
        {
            double[] own = input.Numbers("modelTaken"), mean = input.Numbers("modelTarget");
            if (own.Length != taken.Length || mean.Length != taken.Length) throw new UsageException($"modelTaken, modelTarget: must have as many elements as action, {taken.Length}");
            model = [.. own.Zip(mean)];
        }
        return StatsOutput.Of(OffPolicy.Evaluate(input.Numbers("reward"), input.Numbers("propensity"), taken, input.Alpha, model), OffPolicyKeys, (output, r) =>
        {
            Write("ips", r.Ips);
            Write("snips", r.Snips);
            if (r.DoublyRobust is { } robust) Write("doublyRobust", robust);
            output.Add("effectiveSampleSize", r.EffectiveSampleSize).Add("events", r.Events);
            if (r.Warning is { } warning) output.Add("warning", warning);

            void Write(string name, Estimated<OffPolicyEstimate> e) => output
                .Add(name, e.Map(v => v.Value)).Add(name + "StandardError", e.Map(v => v.StandardError))
                .Add(name + "Low", e.Map(v => v.Interval.Low)).Add(name + "High", e.Map(v => v.Interval.High));
        });
    }

    private static JsonObject RunRoganGladen(StatsInput input)
    {
        var judged = Part(input, "judgePositive", "total");
        var known = input.Has("sensitivity");
        var result = known
            ? RoganGladen.Known(judged, input.Number("sensitivity"), input.Number("specificity"), input.Alpha)
            : RoganGladen.Estimated(judged, new(Part(input, "truePositives", "humanPositives"), Part(input, "trueNegatives", "humanNegatives")), input.Alpha);
        var error = known ? "standardErrorKnownErrors" : "standardError";
        return StatsOutput.Of(result, ["estimate", error, "low", "high"], (output, r) =>
            output.Add("estimate", r.Estimate).Add(error, r.StandardError).Add("low", "high", r.Interval));
    }

    private static Proportion Part(StatsInput input, string part, string all)
    {
        long successes = input.Count(part), total = input.Count(all);
        return successes <= total ? new Proportion(successes, total) : throw new UsageException($"{part}: {successes} is more than {all}, {total}");
    }

    private static LabelledSample Sample(StatsInput input, string labels, string labelled, string unlabelled) =>
        new(input.Numbers(labels), input.Numbers(labelled), input.Numbers(unlabelled));
}
