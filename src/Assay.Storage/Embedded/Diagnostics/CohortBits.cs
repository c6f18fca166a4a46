using System.Collections.Immutable;
using System.Numerics;
using Assay.Events;

namespace Assay.Storage;

/// <summary>
/// The cohort of a proportion: a unit's days stand in one number, low bits for the days with a row, high bits for the days with a hit, so
/// that the pass over the rows finds them too; what remains is to count the units of each pattern.
/// </summary>
internal static class CohortBits
{
    private const int Hits = 16;

    public static string Column(CohortPlan cohort) => "days" + MomentsContext.Number(cohort.Plan.Index);

    /// <summary>The aggregate over a unit's rows, with their day.</summary>
    /// <param name="cohort">Over how many days.</param>
    /// <param name="filter">The component's rows that are not refused.</param>
    public static string Aggregate(CohortPlan cohort, string filter)
    {
        var x = RowSql.Number(cohort.Plan.Value);
        // The aggregate's argument is worked out for rows that the filter drops as well, and must not overflow there.
        return $"bit_or(CASE WHEN {x} <> 0 THEN {1 + (1 << Hits)} ELSE 1 END << least(day, {CohortPlan.MostDays - 1})::INTEGER) FILTER ({filter} AND {x} IS NOT NULL AND day < {cohort.Days})";
    }

    public static ImmutableArray<CohortArm> Read(CohortPlan cohort, int days, MomentsContext context)
    {
        using var result = context.Connection.Query($"""
            SELECT v, coalesce({Column(cohort)}, 0), count(*) FROM {UnitValues.Name} WHERE {CohortPlan.Filter(days, context)} GROUP BY ALL
            """, context.CancellationToken);
        var patterns = result.Rows().Select(r => (Arm: (int)r.GetInt64(0), Days: (int)r.GetInt64(1), Units: r.GetInt64(2))).ToLookup(r => r.Arm, r => (r.Days, r.Units));
        return [.. context.Experiment.Variants.Select((variant, v) => Arm(variant.Key, [.. patterns[v]], cohort.IsZero, days))];
    }

    private static CohortArm Arm(string variant, List<(int Days, long Units)> patterns, bool isZero, int days)
    {
        double n = patterns.Sum(p => p.Units);
        long[] seen = new long[days], hits = new long[days];
        foreach (var (pattern, units) in patterns)
            for (var bits = pattern; bits != 0; bits &= bits - 1)
                (BitOperations.TrailingZeroCount(bits) is var bit && bit < Hits ? ref seen[bit] : ref hits[bit - Hits]) += units;
        double?[] rates = [.. Enumerable.Range(0, days).Select(d => (isZero ? n : seen[d]) is > 0 and var of ? hits[d] / of : (double?)null)];
        double[] scales = [.. seen.Select(active => isZero ? 1 : active / n)];
        double Pull(int pattern, int day) =>
            rates[day] is not { } rate ? 0 : isZero ? (pattern >> (day + Hits) & 1) - rate : ((pattern >> (day + Hits) & 1) - rate * (pattern >> day & 1)) / scales[day];
        double Spread(Func<int, double> of) => n < 2 ? 0 : Math.Sqrt(patterns.Sum(p => p.Units * of(p.Days) * of(p.Days)) / (n - 1) / n);
        return new CohortArm(
            variant, (long)n,
            [.. Enumerable.Range(0, days).Select(d => new CohortDay(rates[d], seen[d] == 0 ? 0 : Spread(p => Pull(p, d)), seen[d]))],
            Spread(p => Enumerable.Range(0, days).Sum(d => CohortPlan.Weight(d, days) * Pull(p, d))));
    }
}
