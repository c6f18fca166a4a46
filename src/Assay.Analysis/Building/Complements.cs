using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Finds proportions that are each other's complement in every arm: one question asked twice, with one p-value.</summary>
internal static class Complements
{
    /// <summary>Below so many units in an arm two unrelated metrics may mirror each other by coincidence.</summary>
    private const long FewestUnits = 100;

    /// <returns>Later metric → the earlier one that it mirrors.</returns>
    public static IReadOnlyDictionary<string, string> Find(Experiment experiment, IReadOnlyDictionary<string, MetricMoments> moments)
    {
        var proportions = experiment.Metrics.Where(m => m.Metric.Type == MetricType.Proportion && moments.ContainsKey(m.Metric.Name)).Select(m => m.Metric.Name).Distinct().ToArray();
        var found = new Dictionary<string, string>();
        for (var later = 1; later < proportions.Length; later++)
            for (var earlier = 0; earlier < later; earlier++)
                if (!found.ContainsKey(proportions[earlier]) && Mirror(moments[proportions[earlier]].Arms, moments[proportions[later]].Arms))
                {
                    found.Add(proportions[later], proportions[earlier]);
                    break;
                }
        return found;
    }

    private static bool Mirror(ImmutableArray<MetricArmMoments> a, ImmutableArray<MetricArmMoments> b) =>
        a.Length == b.Length && a.Any(arm => arm.Successes > 0) && b.Any(arm => arm.Successes > 0) && a.Zip(b).All(pair =>
            pair.First.Variant == pair.Second.Variant && pair.First.Units == pair.Second.Units && pair.First.Units >= FewestUnits
            && pair.First.Successes == pair.Second.Units - pair.Second.Successes);
}
