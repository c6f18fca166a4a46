using System.Globalization;
using Assay.Statistics;

namespace Assay.Evaluation.Checks;

/// <summary>Where a degree becomes pass or fail, if anywhere.</summary>
internal sealed class Threshold(double? least)
{
    public const string Name = "threshold";

    public static CheckArgument Argument { get; } = new(Name, "number", "the least score that passes, from 0 to 1", "none: the score is reported, and nothing passes or fails");

    public static Threshold Read(CheckArguments arguments) => new(arguments.Number(Name, 0, 1));

    public CheckResult Result(double score, string? reason = null)
    {
        // A score that is computed to be 1 may come out a rounding below it.
        var passed = least is { } bound ? score >= bound - 1e-12 : (bool?)null;
        return CheckResult.Score(score, passed, reason ?? (passed == false ? string.Create(CultureInfo.InvariantCulture, $"{score:0.####} is below {least}") : null));
    }

    public CheckResult Result(Estimated<double> score, string? reason = null) => score.IsEstimable ? Result(score.Value, reason) : CheckResult.Missing(score.Reason!);

    /// <summary>The best over references; not estimable only when none is.</summary>
    public static Estimated<double> Best(IEnumerable<Estimated<double>> scores)
    {
        var all = scores.ToArray();
        var usable = all.Where(s => s.IsEstimable).ToArray();
        return usable.Length == 0 ? all[0] : usable.Max(s => s.Value);
    }
}
