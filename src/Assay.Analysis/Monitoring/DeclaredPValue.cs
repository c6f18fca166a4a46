using System.Collections.Immutable;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The p-value of a statistic at a look of a plan with declared boundaries.</summary>
/// <remarks>
/// Declared critical values are one set, not a family of levels; sharing alpha makes them one: at each look that share of the declared chance
/// (<see cref="BoundaryRule"/>). The p-value is what the member spends that the statistic just reaches, so it tells the same as the boundaries.
/// </remarks>
internal static class DeclaredPValue
{
    /// <param name="plan">With boundaries.</param>
    /// <param name="looks">The looks as they were taken, the one at hand last.</param>
    /// <param name="registered">All registered fractions; those to come are taken where they were registered.</param>
    /// <param name="z">The statistic at the newest look.</param>
    public static double Of(AnalysisPlan plan, ImmutableArray<LookRecord> looks, ImmutableArray<double> registered, double z)
    {
        var now = looks[^1];
        var coming = now.IsLast ? [] : Enumerable.Range(1, registered.Length).Where(k => k > now.Look && registered[k - 1] > now.Fraction + 1e-5).ToArray();
        var share = StandardNormal.UpperTail(Math.Abs(z)) / StandardNormal.UpperTail(plan.Boundaries[now.Look - 1]);
        double[] chances = [.. looks.Select(l => l.Look).Concat(coming).Select(k => 2 * StandardNormal.UpperTail(plan.Boundaries[k - 1]) * share)];
        // One look at which everything counts as reached decides alone.
        if (chances.Any(c => c >= 1)) return 1;
        double[] fractions = [.. looks.Select(l => l.Fraction), .. coming.Select(k => registered[k - 1])];
        // No p-value is below what a double can tell from 0.
        return GroupSequentialDesign.FromCriticalValues(fractions, [.. chances.Select(c => StandardNormal.Critical(Math.Max(c, 1e-300)))]).Alpha;
    }
}
