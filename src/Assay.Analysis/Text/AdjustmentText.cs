namespace Assay.Analysis;

/// <summary>Below the details table: how its adjusted p-values were adjusted, and why so.</summary>
public static class AdjustmentText
{
    /// <summary>Lines of a report without families of several comparisons: none.</summary>
    public static IEnumerable<string> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Metrics.Where(m => m.Adjustment is not null).GroupBy(m => (m.Role, m.Adjustment!.Text))
            .Select(g => $"adjusted p of {string.Join(", ", g.Select(m => m.Metric).Distinct())}: {g.Key.Text}");
    }
}
