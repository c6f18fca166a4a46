using System.CommandLine;
using Assay.Analysis;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>What the two-arm forms share.</summary>
internal static class SizeMath
{
    public static IReadOnlyList<(string, long)> Arms(RequiredSample needed) => [("control", needed.Control), ("treatment", needed.Treatment)];

    public static IReadOnlyList<(string, long)> Arms(long control, double ratio) => [("control", control), ("treatment", (long)Math.Ceiling(control * ratio - 1e-9))];

    public static SizeAnswer Answer(
        ParseResult result, SizeOptions options, AnalysisPlan plan, IReadOnlyList<(string, long)> arms, string method, string finds, double? detectableEffect)
    {
        var answer = new SizeAnswer(arms, $"{method}, {SizeLooks.Describe(plan)}", finds, "units", plan, null, detectableEffect, []);
        return answer with { Days = Days(answer.Total, result.GetValue(options.Daily)) };
    }

    /// <summary>How much larger than the test with one look the plan is at most; 1 for one look.</summary>
    public static double Inflation(AnalysisPlan plan) =>
        PlannedDesign.For(plan, plan.Alpha) is { } design ? GroupSequentialPower.InflationFactor(design, plan.Power) : 1;

    public static long? Days(long total, double? daily) => daily is { } perDay ? (long)Math.Ceiling(total / perDay - 1e-9) : null;
}
