using System.CommandLine;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>What the two-arm forms share.</summary>
internal static class SizeMath
{
    public static IReadOnlyList<(string, long)> Arms(RequiredSample needed) => [("control", needed.Control), ("treatment", needed.Treatment)];

    public static IReadOnlyList<(string, long)> Arms(long control, double ratio) => [("control", control), ("treatment", (long)Math.Ceiling(control * ratio - 1e-9))];

    public static SizeAnswer Answer(
        ParseResult result, SizeOptions options, IReadOnlyList<(string, long)> arms, string method, string finds, double? detectableEffect)
    {
        var answer = new SizeAnswer(
            arms, method, finds, "units", result.GetValue(options.Alpha), result.GetValue(options.Power), null, detectableEffect, []);
        return answer with { Days = Days(answer.Total, result.GetValue(options.Daily)) };
    }

    public static long? Days(long total, double? daily) => daily is { } perDay ? (long)Math.Ceiling(total / perDay - 1e-9) : null;
}
