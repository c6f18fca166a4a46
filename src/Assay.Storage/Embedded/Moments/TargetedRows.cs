namespace Assay.Storage;

/// <summary>
/// The outcomes, scores or labels of an experiment's units, as a subquery like <see cref="GenerationRows"/>'s.
/// The most specific target wins: generation, response, exposure, unit; rows before a unit's first exposure are left out.
/// </summary>
internal static class TargetedRows
{
    public static string Sql(MomentsContext context, EventTable table, string rowFilter, SqlParameters values)
    {
        var columns = Columns(context, context.IdleTimes.Length);
        var experiment = values.Add(context.Experiment.Key);
        var inTime = $"r.ts <= {values.AddMicros(context.AsOfMicros)} AND epoch_us(r.ts) >= u.first_us";
        var filter = $"(r.experiment IS NULL OR r.experiment = {experiment}) AND {rowFilter}";
        var unitOnly = $"r.exposure_id IS NULL AND r.generation_id IS NULL AND r.response_id IS NULL AND {filter}";
        var kinds = context.Targets.Of(table);
        var branches = new List<string>
        {
            $"SELECT {columns} FROM {table.Name} r JOIN {UnitTable.Name} u ON r.unit = u.unit WHERE {unitOnly} AND {inTime}",
        };
        if (context.Targets.HasAliases) branches.Add(ByAlias(table.Name, columns, unitOnly, inTime));
        if (kinds.Exposures)
            branches.Add($"""
                SELECT {columns} FROM {table.Name} r JOIN {UnitTable.Name} u ON r.exposure_id = u.exposure_id
                    WHERE r.generation_id IS NULL AND r.response_id IS NULL AND {filter} AND {inTime}
                """);
        if (kinds.Generations) branches.Add(ByGeneration("r.generation_id = g.generation_id", "TRUE"));
        if (kinds.Responses) branches.Add(ByGeneration("r.response_id = g.response_id", "r.generation_id IS NULL"));
        return string.Join("\nUNION ALL\n", branches);

        string ByGeneration(string match, string condition) => $"""
            SELECT {columns} FROM {table.Name} r JOIN {TargetTables.GenerationUnits} g ON {match} JOIN {UnitTable.Name} u ON g.u = u.u
                WHERE {condition} AND {filter} AND {inTime}
            """;
    }

    /// <summary>Rows that name another id than the unit's own: they belong to the unit that had this id at its latest exposure before them.</summary>
    public static string ByAlias(string table, string columns, string filter, string inTime) => $"""
        SELECT {columns}
        FROM (SELECT * FROM {table} r WHERE {filter} AND r.unit IN (SELECT id FROM {TargetTables.Aliases})) r
            ASOF JOIN {TargetTables.Aliases} a ON r.unit = a.id AND r.ts >= a.first_ts
            JOIN {UnitTable.Name} u ON a.u = u.u
        WHERE {inTime}
        """;

    /// <summary>What every subquery of rows gives; unused columns are pruned by the engine.</summary>
    public static string Columns(MomentsContext context, int closings) =>
        "u.u, greatest(epoch_us(r.ts) - u.first_us, 0) AS age, u.v, u.crossed, u.first_us, "
        + string.Concat(context.Experiment.Segments.Select((_, i) => $"u.s{i}, "))
        + string.Concat(Enumerable.Range(0, closings).Select(i => $"u.close{i}, "))
        + "r.*";
}
