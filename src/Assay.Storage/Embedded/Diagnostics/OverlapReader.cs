using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Storage;

/// <summary>Units that take part in other experiments as well: arms of independent assignments are independent.</summary>
internal static class OverlapReader
{
    private const int MostExperiments = 20;

    public static ImmutableArray<ExperimentOverlap> Read(MomentsContext context)
    {
        if (!HasOthers(context)) return [];
        var values = new SqlParameters();
        using var result = values.Query(context.Connection, $"""
            SELECT experiment, variant, v, count(*) FROM (
                SELECT e.experiment, u.v, arg_min(e.variant, e.ts) AS variant FROM exposures e JOIN {UnitTable.Name} u ON e.unit = u.unit
                WHERE e.experiment <> {values.Add(context.Experiment.Key)} AND e.ts <= {values.AddMicros(context.AsOfMicros)}
                GROUP BY e.experiment, u.u, u.v)
            GROUP BY ALL ORDER BY ALL
            """, context.CancellationToken);
        var counts = result.Rows().Select(r => (Experiment: r.GetString(0), Variant: r.GetString(1), Arm: (int)r.GetInt64(2), Units: r.GetInt64(3))).ToList();
        return [.. counts.GroupBy(c => c.Experiment).OrderByDescending(g => g.Sum(c => c.Units)).Take(MostExperiments).Select(group =>
        {
            ImmutableArray<string> variants = [.. group.Select(c => c.Variant).Distinct()];
            return new ExperimentOverlap(group.Key, variants,
                [.. context.Experiment.Variants.Select((_, v) => variants.Select(other => group.Where(c => c.Arm == v && c.Variant == other).Sum(c => c.Units)).ToImmutableArray())]);
        })];
    }

    private static bool HasOthers(MomentsContext context)
    {
        var values = new SqlParameters();
        using var result = values.Query(
            context.Connection, $"SELECT 1 FROM exposures WHERE experiment <> {values.Add(context.Experiment.Key)} AND ts <= {values.AddMicros(context.AsOfMicros)} LIMIT 1", context.CancellationToken);
        return result.Rows().Any();
    }
}
