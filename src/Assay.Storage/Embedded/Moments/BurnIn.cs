namespace Assay.Storage;

/// <summary>The plan's burn-in, counted from the first exposure of the version: its units stay in the sample ratio and enter no metric.</summary>
internal static class BurnIn
{
    /// <returns>How many units that are.</returns>
    public static long Apply(MomentsContext context)
    {
        if (context.Experiment.Plan.BurnIn <= TimeSpan.Zero) return 0;
        var length = MomentsContext.Micros(context.Experiment.Plan.BurnIn);
        using var result = context.Connection.Query(
            $"SELECT min(first_us) + {length}, count(*) FILTER (first_us < (SELECT min(first_us) FROM {UnitTable.Name}) + {length}) FROM {UnitTable.Name}", context.CancellationToken);
        var row = result.Rows().First();
        context.BurnInEndMicros = row.GetNullableInt64(0);
        return row.GetInt64(1);
    }
}
