using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Storage;

/// <summary>A metric by day since exposure, on the units that were observed on all the days.</summary>
internal static class CohortReader
{
    public static (ImmutableArray<CohortArm> Arms, string? Why) Read(CohortPlan cohort, MomentsContext context)
    {
        if (cohort.Days is not { } days) return ([], cohort.Why);
        var arms = cohort.IsBits ? CohortBits.Read(cohort, days, context) : CohortCells.Read(cohort, days, context);
        // Silence that the metric reads as zero is still silence: without rows after the first day nothing was followed.
        long first = arms.Sum(a => a.Days[0].Active), later = arms.Sum(a => a.Days.Skip(1).Max(d => d.Active));
        return later < 0.01 * Math.Max(first, 1) ? ([], "hardly a unit is seen after the day of its first exposure") : (arms, null);
    }
}
