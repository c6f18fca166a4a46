using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Storage;

/// <summary>One metric's value of each unit that stayed in its arm, in the order in which the units are numbered.</summary>
internal static class UnitValueReader
{
    /// <returns>Empty for a quantile, which is a value of events.</returns>
    public static ImmutableArray<UnitValue> Read(string metric, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        var plan = context.Plans.FirstOrDefault(p => p.Metric.Metric.Name == metric) ?? throw new ArgumentException($"the experiment has no metric '{metric}'", nameof(metric));
        if (plan.Value.IsEvents) return [];
        var cap = caps.GetValueOrDefault(plan.Index);
        var denominator = plan.Denominator is null ? "NULL::DOUBLE" : MetricSql.Capped($"z{plan.Index}", cap.Denominator);
        using var result = context.Connection.Query($"""
            SELECT i.unit::VARCHAR, t.v, {MetricSql.Capped($"y{plan.Index}", cap.Value)}, {denominator}
            FROM ({MetricSql.Units([plan], context)}) t JOIN {UnitTable.Name} i ON t.u = i.u WHERE NOT t.crossed AND i.unit IS NOT NULL ORDER BY t.u
            """, context.CancellationToken);
        return [.. result.Rows().Select(r => new UnitValue(r.GetString(0), (int)r.GetInt64(1), r.GetNullableDouble(2), r.GetNullableDouble(3)))];
    }
}
