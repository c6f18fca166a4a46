using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class ResamplingMethods
{
    private const string Two = """{"control": [3.1, 2.4, 4.0, 3.3, 2.9], "treatment": [3.9, 3.2, 4.4, 4.1, 3.0], "seed": 1}""";
    private static readonly string[] BootstrapKeys = ["estimate", "standardError", "low", "high", "percentileLow", "percentileHigh", "bias", "resamples"];
    private static readonly string[] PermutationKeys = ["difference", "pValue", "how", "arrangements"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("bootstrap", "difference of means, or of a quantile, with a BCa interval; paired: true for the same items; seed makes it repeatable", Two, RunBootstrap),
        new("permutation", "how extreme is the difference of means among all assignments? paired: true for the same items", Two, RunPermutation),
        new("bootstrap-clustered", "difference of means of clustered values, clusters drawn whole; treatment is 0 or 1",
            """{"value": [1, 2, 2, 3, 1, 4, 3, 5, 4, 6], "treatment": [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], "cluster": [1, 1, 2, 3, 4, 6, 6, 7, 8, 9]}""",
            input => Write(Bootstrap.Clustered(input.Numbers("value"), Treated(input), input.Ids("cluster"), input.Alpha, Options(input)))),
        new("permutation-clustered", "how extreme is the difference of means when whole clusters were assigned? treatment is 0 or 1",
            """{"value": [1, 2, 2, 3, 1, 4, 3, 5, 4, 6], "treatment": [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], "cluster": [1, 1, 2, 3, 4, 6, 6, 7, 8, 9]}""",
            input => Write(PermutationTest.Clusters(input.Numbers("value"), Treated(input), input.Ids("cluster"), Options(input), MeanMethods.ReadAlternative(input)))),
    ];

    private static JsonObject RunBootstrap(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        var options = Options(input);
        if (input.FlagOr("paired", false)) return Write(Bootstrap.Paired(control, treatment, input.Alpha, options));
        if (!input.Has("quantile")) return Write(Bootstrap.Means(control, treatment, input.Alpha, options));
        var level = input.Number("quantile");
        if (level is not (> 0 and < 1)) throw new UsageException("quantile: must lie strictly between 0 and 1");
        return Write(Bootstrap.Statistic(control, treatment, values => Quantile(values, level), input.Alpha, options));
    }

    private static JsonObject RunPermutation(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        var alternative = MeanMethods.ReadAlternative(input);
        return Write(input.FlagOr("paired", false)
            ? PermutationTest.Paired(control, treatment, Options(input), alternative)
            : PermutationTest.Means(control, treatment, Options(input), alternative));
    }

    private static double Quantile(Span<double> values, double level)
    {
        var position = level * (values.Length - 1);
        var index = Math.Min((int)position, values.Length - 2);
        return values[index] + (position - index) * (values[index + 1] - values[index]);
    }

    private static ResamplingOptions Options(StatsInput input) =>
        new((long)input.NumberOr("seed", 1), (int)Math.Clamp(input.NumberOr("resamples", 10_000), 0, int.MaxValue), Environment.ProcessorCount);

    private static bool[] Treated(StatsInput input) =>
        [.. input.Counts("treatment").Select((t, i) => t <= 1 ? t == 1 : throw new UsageException($"treatment[{i}]: must be 0 or 1"))];

    private static JsonObject Write(Estimated<BootstrapEstimate> result) => StatsOutput.Of(result, BootstrapKeys, (output, r) => output
        .Add("estimate", r.Estimate).Add("standardError", r.StandardError).Add("low", "high", r.Interval)
        .Add("percentileLow", "percentileHigh", r.PercentileInterval).Add("bias", r.Bias).Add("resamples", r.Resamples));

    private static JsonObject Write(Estimated<PermutationResult> result) => StatsOutput.Of(result, PermutationKeys, (output, r) => output
        .Add("difference", r.Difference).Add("pValue", r.PValue).Add("how", r.Exact ? "counted in full" : "drawn").Add("arrangements", r.Arrangements));
}
