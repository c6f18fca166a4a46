using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Where units are clusters and few, each one's values: leverages and permutations are of single clusters, and these are a handful of rows.</summary>
internal static class ClusterReader
{
    /// <summary>With so many clusters in every arm their moments will do.</summary>
    private const long EnoughClusters = 50;

    /// <summary>Never more rows than this leave the store.</summary>
    private const long MostClusters = 1000;

    public static ImmutableArray<MetricMoments> Attach(ImmutableArray<MetricMoments> metrics, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        if (context.Experiment.Unit != UnitKind.Cluster || metrics.IsEmpty) return metrics;
        ImmutableArray<MetricPlan> plans = [.. context.Plans.Where((p, i) => !p.Value.IsEvents && metrics[i].Arms.Min(a => a.Units) is > 0 and < EnoughClusters && metrics[i].Arms.Sum(a => a.Units) <= MostClusters)];
        if (plans.IsEmpty) return metrics;
        var found = plans.ToDictionary(p => p.Index, _ => context.Experiment.Variants.Select(_ => ImmutableArray.CreateBuilder<ClusterTotal>()).ToArray());
        var columns = plans.SelectMany(p => new[]
        {
            MetricSql.Capped($"y{p.Index}", caps.GetValueOrDefault(p.Index).Value),
            p.Denominator is null ? "1.0" : MetricSql.Capped($"z{p.Index}", caps.GetValueOrDefault(p.Index).Denominator),
        });
        // In the order of the values themselves, so that every reading gives the same sums.
        using (var result = context.Connection.Query($"SELECT v, {string.Join(", ", columns)} FROM ({MetricSql.Units(plans, context)}) WHERE {UnitGroup.Main.Filter} ORDER BY ALL", context.CancellationToken))
        {
            foreach (var row in result.Rows())
                for (var i = 0; i < plans.Length; i++)
                    if (row.GetNullableDouble(1 + 2 * i) is { } value)
                        found[plans[i].Index][(int)row.GetInt64(0)].Add(new ClusterTotal(value, row.GetNullableDouble(2 + 2 * i) ?? 0));
        }
        return [.. metrics.Select((metric, i) => found.TryGetValue(context.Plans[i].Index, out var clusters)
            ? metric with { Arms = [.. metric.Arms.Select((arm, v) => arm with { Clusters = clusters[v].ToImmutable() })] } : metric)];
    }
}
