using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Makes boundaries as a plan declares them: by a spending function, or as given critical values.</summary>
internal static class BoundaryRule
{
    /// <param name="plan">The plan.</param>
    /// <param name="looks">Which registered looks were taken, from 1.</param>
    /// <param name="fractions">Information at each of them.</param>
    /// <param name="alpha">Two-sided level over all looks.</param>
    /// <param name="isLast">Whether the newest look spends all that is left.</param>
    public static LookBoundary Of(AnalysisPlan plan, int[] looks, double[] fractions, double alpha, bool isLast)
    {
        if (plan.Boundaries.IsEmpty)
            return new(GroupSequentialDesign.Spending(fractions, PlannedDesign.Spending(plan.Spending, plan.SpendingParameter), alpha, lastIsFinal: isLast), alpha);
        double[] critical = [.. Shared(plan, alpha)];
        var all = GroupSequentialDesign.FromCriticalValues(plan.Looks.AsSpan(), critical);
        return new(GroupSequentialDesign.FromCriticalValues(fractions, [.. looks.Select(look => critical[look - 1])]), all.Alpha);
    }

    /// <summary>Declared boundaries hold for the whole alpha. A comparison with a share of it meets them at that share of the chance at each look, which keeps the family's rate by Bonferroni.</summary>
    private static IEnumerable<double> Shared(AnalysisPlan plan, double alpha) => plan.Boundaries.Select(c =>
        alpha >= plan.Alpha ? c : StandardNormal.Critical(2 * StandardNormal.UpperTail(c) * alpha / plan.Alpha));
}
