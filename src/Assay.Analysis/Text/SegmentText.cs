namespace Assay.Analysis;

/// <summary>Segments in words.</summary>
internal static class SegmentText
{
    public static string Critical(string name, MetricRow row, double maxLoss, LimitState state)
    {
        var limit = Numbers.WithUnit(maxLoss, row.Type, row.Unit);
        return state switch
        {
            LimitState.Kept => $"{name}: {row.Metric} loses less than the tolerated {limit}",
            LimitState.Broken => $"{name}: {row.Metric} loses more than the tolerated {limit}",
            LimitState.Undecided => $"{name}: not yet sure that {row.Metric} loses less than the tolerated {limit}",
            _ => $"{name}: {row.Metric} is not estimable: {row.Reason}",
        };
    }
}
