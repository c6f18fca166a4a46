using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Storage;

/// <summary>The moments of several metrics for every arm (and segment value) of a group of units, in one query over the units.</summary>
internal sealed class GroupMoments
{
    private readonly Dictionary<(GroupKey Key, int Metric), MetricArmMoments> _arms = [];

    private GroupMoments() { }

    public static GroupMoments Read(IReadOnlyCollection<MetricPlan> plans, UnitGroup group, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        var moments = new GroupMoments();
        if (plans.Count == 0) return moments;
        var aggregates = plans.SelectMany(p => MetricSql.Aggregates(p, caps.GetValueOrDefault(p.Index)));
        using (var result = context.Connection.Query($"""
            SELECT v, {group.SegmentValue}, {string.Join(", ", aggregates)}
            FROM ({MetricSql.Units(plans, context)}) WHERE {group.Filter} GROUP BY {group.Keys}
            """, context.CancellationToken))
        {
            foreach (var row in result.Rows())
            {
                var key = new GroupKey((int)row.GetInt64(0), row.GetNullableString(1));
                var column = 2;
                foreach (var plan in plans)
                    moments._arms[(key, plan.Index)] = MetricRow.Read(plan, context.Experiment.Variants[key.Variant].Key, row, ref column);
            }
        }
        foreach (var plan in plans.Where(p => p.Value.IsEvents)) moments.AddQuantiles(plan, group, context);
        foreach (var (key, metric, covariates) in CovariateReader.Read(plans, group, caps, context)) moments._arms[(key, metric)] = moments._arms[(key, metric)] with { Covariate = covariates };
        foreach (var found in StratumReader.Read(plans, group, caps, context).GroupBy(s => (s.Key, s.Metric), s => s.Moments))
            moments._arms[found.Key] = moments._arms[found.Key] with { Strata = [.. found] };
        foreach (var (key, metric, clusters) in ClusterReader.Read(moments._arms, plans, group, caps, context)) moments._arms[(key, metric)] = moments._arms[(key, metric)] with { Clusters = clusters };
        return moments;
    }

    /// <summary>One entry per variant, those without units included.</summary>
    public ImmutableArray<MetricArmMoments> Arms(MetricPlan plan, string? segment, MomentsContext context)
    {
        ImmutableArray<MetricArmMoments> arms = [.. context.Experiment.Variants.Select((variant, v) => _arms.GetValueOrDefault((new GroupKey(v, segment), plan.Index)) ?? MetricRow.Empty(variant.Key))];
        return context.Strata is null ? arms : StratumMoments.Align(arms);
    }

    private void AddQuantiles(MetricPlan plan, UnitGroup group, MomentsContext context)
    {
        foreach (var (key, arm) in QuantileReader.Read(plan, group, context))
        {
            var units = arm.Moments?.Units ?? 0;
            _arms[(key, plan.Index)] = _arms[(key, plan.Index)] with { Units = units, Answered = units, InvalidRows = arm.InvalidRows, Quantile = arm.Moments };
        }
    }
}
