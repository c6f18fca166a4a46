using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Holds the statistics of one look against its boundaries.</summary>
internal static class LookJudge
{
    /// <param name="sequential">Makes the boundaries.</param>
    /// <param name="looks">All looks, the one at hand last.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="statistics">Of every comparison of family 1.</param>
    /// <returns>Those that no earlier look has settled.</returns>
    public static ImmutableArray<LookComparison> Compare(SequentialPlan sequential, ImmutableArray<LookRecord> looks, AnalysisPlan plan, IReadOnlyList<LookStatistic> statistics)
    {
        var results = new LookComparison?[statistics.Count];
        var settled = new bool[statistics.Count];
        var open = statistics.Count;
        for (var i = 0; i < statistics.Count; i++)
            if (Settled(looks, statistics[i].Metric, statistics[i].Variant) is not null) (settled[i], open) = (true, open - 1);
        for (var again = open > 0; again;)
        {
            again = false;
            // A rejected comparison leaves its share to the rest.
            var level = plan.Alpha / open;
            var boundary = sequential.Boundary(looks, level);
            var rejected = 0;
            for (var i = 0; i < statistics.Count; i++)
            {
                if (settled[i] || results[i] is { IsCrossed: true }) continue;
                results[i] = At(statistics[i], boundary, level, sequential.FutilityBound(looks, level));
                if (results[i]!.IsCrossed) rejected++;
            }
            open -= rejected;
            again = rejected > 0 && open > 0;
        }
        return [.. results.OfType<LookComparison>()];
    }

    /// <summary>The crossing of an earlier look; null when there was none.</summary>
    public static (LookRecord Look, LookComparison Comparison)? Settled(ImmutableArray<LookRecord> looks, string metric, string variant)
    {
        foreach (var look in looks)
            foreach (var comparison in look.Comparisons)
                if (comparison.IsCrossed && comparison.Metric == metric && comparison.Variant == variant) return (look, comparison);
        return null;
    }

    private static LookComparison At(LookStatistic statistic, LookBoundary boundary, double level, double? futility)
    {
        var turned = statistic.HigherIsBetter ? statistic.Z : -statistic.Z;
        return new LookComparison
        {
            Metric = statistic.Metric,
            Variant = statistic.Variant,
            Z = statistic.Z,
            Difference = statistic.Difference,
            StandardError = statistic.StandardError,
            Alpha = level,
            Critical = double.IsFinite(boundary.Critical) ? boundary.Critical : null,
            AlphaSpent = boundary.AlphaSpent,
            FutilityBound = futility,
            Result = turned >= boundary.Critical ? LookResult.Benefit
                : turned <= -boundary.Critical ? LookResult.Harm
                : turned <= futility ? LookResult.Futility : LookResult.Continue,
        };
    }
}
