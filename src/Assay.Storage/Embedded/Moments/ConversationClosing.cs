namespace Assay.Storage;

/// <summary>
/// When a unit's conversation closed: the end of the first stretch, from its first exposure on, of the idle time without a generation.
/// What comes after belongs to no window, so that a closed unit's value never changes.
/// </summary>
internal static class ConversationClosing
{
    /// <summary>Adds <c>close0</c>, … to the units: microseconds from exposure to closing; NULL while open.</summary>
    public static void AddColumns(MomentsContext context)
    {
        for (var i = 0; i < context.IdleTimes.Length; i++)
        {
            var idle = MomentsContext.Micros(context.IdleTimes[i]);
            var values = new SqlParameters();
            values.Execute(context.Connection, $"""
                CREATE OR REPLACE TEMP TABLE {UnitTable.Name} AS
                WITH activity AS (
                    SELECT u, 0 AS age FROM {UnitTable.Name}
                    UNION ALL SELECT u, age FROM ({GenerationRows.Sql(context, values, 0)})),
                gaps AS (SELECT u, age, lead(age) OVER (PARTITION BY u ORDER BY age) AS next FROM activity),
                closed AS (SELECT u, min(age) + {idle} AS closed_at FROM gaps WHERE next IS NULL OR next >= age + {idle} GROUP BY u)
                SELECT units.*, CASE WHEN {(context.Query.IsComplete ? "TRUE" : "FALSE")} OR first_us + closed_at <= {MomentsContext.Number(context.AsOfMicros)} THEN closed_at END AS close{i}
                FROM {UnitTable.Name} units LEFT JOIN closed USING (u)
                """, context.CancellationToken);
        }
    }
}
