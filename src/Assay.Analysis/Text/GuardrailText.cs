using System.Globalization;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>A limit and how a treatment stands to it, in one line.</summary>
internal static class GuardrailText
{
    public static string Of(
        Metric metric, string variant, string kind, double limit, double? value, Interval? interval, LimitState state, string? reason)
    {
        var isUpper = kind.StartsWith("max", StringComparison.Ordinal);
        var relative = kind.EndsWith("RelativeToControl", StringComparison.Ordinal);
        var change = kind.EndsWith("Change", StringComparison.Ordinal);
        var what = $"{metric.Name} of '{variant}'" + (change ? " against the control" : "");
        var shown = value is { } number ? " " + Show(number) : "";
        var bound = interval is { } i && double.IsFinite(isUpper ? i.High : i.Low) && value is not null ? $" ({(isUpper ? "at most" : "at least")} {Show(isUpper ? i.High : i.Low)})" : "";
        return $"{what}{shown}{bound}, limit {(isUpper ? "at most" : "at least")} {Show(limit)}: {StateText(state, reason)}";

        string Show(double x) => relative ? x.ToString("0.00", CultureInfo.InvariantCulture) + " × control"
            : change && metric.Type == MetricType.Proportion ? (x < 0 ? "−" : x > 0 ? "+" : "") + Numbers.Points(Math.Abs(x))
            : (change && x > 0 ? "+" : "") + Numbers.WithUnit(x, Words.TypeOf(metric.Type), metric.ShownUnit);
    }

    public static string Sequence(double alpha) => string.Create(CultureInfo.InvariantCulture,
        $" (its always-valid bound lies beyond the limit, at alpha {alpha:0.#####} of the {GuardrailSequences.RollbackAlpha} for any false alarm)");

    public const string Early = " (it looks broken, but its always-valid bound does not say so yet, and no other acts before the planned end)";

    public const string AtTheEnd = " (by its interval at the planned end; its always-valid bound did not come beyond the limit before)";

    private static string StateText(LimitState state, string? reason) => state switch
    {
        LimitState.Kept => "kept",
        LimitState.Undecided => "not yet sure that it is kept",
        LimitState.Broken => "broken",
        _ => "not estimable" + (reason is null ? "" : $": {reason}"),
    };
}
