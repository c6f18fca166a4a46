using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Where units are clusters and few, each one's values: leverages and permutations are of single clusters, and these are a handful of rows.</summary>
internal static class ClusterReader
{
    /// <summary>With so many clusters in every arm their moments will do.</summary>
    private const long EnoughClusters = 50;

    /// <summary>Never more clusters than this leave the store.</summary>
    private const long MostClusters = 1000;

    /// <param name="arms">The moments of a group, by segment value, arm and metric.</param>
    /// <param name="plans">Their metrics.</param>
    /// <param name="group">The same group.</param>
    /// <param name="caps">By plan.</param>
    /// <param name="context">With units and values.</param>
    /// <returns>For each arm that belongs to a comparison of few clusters, its clusters.</returns>
    public static IReadOnlyList<(GroupKey Key, int Metric, ImmutableArray<ClusterTotal> Clusters)> Read(
        IReadOnlyDictionary<(GroupKey Key, int Metric), MetricArmMoments> arms, IReadOnlyCollection<MetricPlan> plans, UnitGroup group,
        IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        if (context.Experiment.Unit != UnitKind.Cluster) return [];
        var wanted = arms.Where(a => a.Value.Units > 0).GroupBy(a => (a.Key.Key.Segment, a.Key.Metric)).Where(IsFew).SelectMany(g => g.Select(a => a.Key)).ToHashSet();
        MetricPlan[] needed = [.. plans.Where(p => !p.Value.IsEvents && wanted.Any(w => w.Metric == p.Index))];
        if (needed.Length == 0) return [];
        var found = wanted.ToDictionary(w => w, _ => ImmutableArray.CreateBuilder<ClusterTotal>());
        var columns = needed.SelectMany(p => new[]
        {
            MetricSql.Capped($"y{p.Index}", caps.GetValueOrDefault(p.Index).Value),
            p.Denominator is null ? "1.0" : MetricSql.Capped($"z{p.Index}", caps.GetValueOrDefault(p.Index).Denominator),
        });
        // In the order of the values themselves, so that every reading gives the same sums.
        using var result = context.Connection.Query(
            $"SELECT v, {group.SegmentValue}, {string.Join(", ", columns)} FROM ({MetricSql.Units(needed, context)}) WHERE {group.Filter} ORDER BY ALL", context.CancellationToken);
        foreach (var row in result.Rows())
            for (var i = 0; i < needed.Length; i++)
                if (row.GetNullableDouble(2 + 2 * i) is { } value && found.TryGetValue((new GroupKey((int)row.GetInt64(0), row.GetNullableString(1)), needed[i].Index), out var clusters))
                    clusters.Add(new ClusterTotal(value, row.GetNullableDouble(3 + 2 * i) ?? 0));
        return [.. found.Select(f => (f.Key.Key, f.Key.Metric, f.Value.ToImmutable()))];

        static bool IsFew(IEnumerable<KeyValuePair<(GroupKey Key, int Metric), MetricArmMoments>> comparison) =>
            comparison.Min(a => a.Value.Units) < EnoughClusters && comparison.Sum(a => a.Value.Units) <= MostClusters;
    }
}
