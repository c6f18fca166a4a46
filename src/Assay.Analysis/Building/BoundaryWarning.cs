using System.Globalization;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Says so when declared boundaries do not spend the plan's alpha.</summary>
public static class BoundaryWarning
{
    // Tables print boundaries with two or three decimals.
    private const double Rounding = 0.0015;

    /// <summary>What declared boundaries spend, two-sided over all looks: the rate at which a difference is claimed where there is none. Null without them.</summary>
    public static double? Spent(AnalysisPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Boundaries.IsEmpty || plan.Looks.Length != plan.Boundaries.Length ? null
            : GroupSequentialDesign.FromCriticalValues(plan.Looks.AsSpan(), plan.Boundaries.AsSpan()).Alpha;
    }

    public static ReportWarning? Of(AnalysisPlan plan)
    {
        if (Spent(plan) is not { } spent) return null;
        return Math.Abs(spent - plan.Alpha) <= Rounding ? null : new("boundaries-spend", string.Create(CultureInfo.InvariantCulture,
            $"the declared boundaries spend {spent:0.0000} two-sided over all looks, not the plan's {plan.Alpha:0.####}: intervals have that level"));
    }
}
