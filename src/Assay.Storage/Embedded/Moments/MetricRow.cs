using Assay.DuckDb;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Reads one metric's aggregates from a row of moments.</summary>
internal static class MetricRow
{
    /// <param name="plan">The metric.</param>
    /// <param name="variant">Key of the arm.</param>
    /// <param name="row">The row of the arm.</param>
    /// <param name="column">Its first column; moved behind its last.</param>
    public static MetricArmMoments Read(MetricPlan plan, string variant, DuckDbRow row, ref int column)
    {
        var arm = new MetricArmMoments
        {
            Variant = variant,
            Units = 0,
            Answered = 0,
            Matured = row.GetInt64(column++),
            Immature = row.GetInt64(column++),
        };
        if (plan.Value.IsEvents) return arm;
        arm = arm with { Answered = row.GetInt64(column++), InvalidRows = row.GetInt64(column++), Unknown = row.GetInt64(column++), LateRows = row.GetInt64(column++), Units = row.GetInt64(column++) };
        var successes = row.GetInt64(column++);
        if (plan.Type == MetricType.Proportion) return Proportion(arm, successes);
        arm = arm with { Mean = Number(row, column++), Variance = Number(row, column++) };
        if (plan.Denominator is null) return arm;
        return arm with
        {
            DenominatorMean = Number(row, column++),
            DenominatorVariance = Number(row, column++),
            Covariance = Number(row, column++),
            NonZeroDenominators = row.GetInt64(column++),
        };
    }

    public static MetricArmMoments Empty(string variant) => new() { Variant = variant, Units = 0, Matured = 0, Answered = 0 };

    private static MetricArmMoments Proportion(MetricArmMoments arm, long successes)
    {
        double n = arm.Units, share = n == 0 ? 0 : successes / n;
        return arm with { Successes = successes, Mean = share, Variance = n < 2 ? 0 : n * share * (1 - share) / (n - 1) };
    }

    // No units, or one of which no variance can be told, read 0 as the port has it; Units says so.
    private static double Number(DuckDbRow row, int column) => row.GetNullableDouble(column) ?? 0;
}
