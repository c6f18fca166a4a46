namespace Assay.Storage;

/// <summary>The generations of an experiment's units, as a subquery: <c>u, age, v, crossed, first_us, s0…, close0…</c> and every column of the table.</summary>
internal static class GenerationRows
{
    /// <param name="context">The reading.</param>
    /// <param name="values">Of the statement that the subquery goes into.</param>
    /// <param name="closings">How many of the columns <c>close0…</c> the units have already.</param>
    public static string Sql(MomentsContext context, SqlParameters values, int closings)
    {
        var experiment = values.Add(context.Experiment.Key);
        var version = values.Add((long)context.Query.Version);
        var columns = TargetedRows.Columns(context, closings);
        var known = $"r.ts <= {values.AddMicros(context.AsOfMicros)}";
        // A generation that names its exposure came after it, whatever the clocks of two gateways say; any other has only its time to go by.
        var inTime = $"{known} AND epoch_us(r.ts) >= u.first_us";
        // One that was assigned here belongs to that exposure alone; another belongs to whichever unit it names.
        var unassigned = $"""
            (r.experiment IS NULL OR r.experiment = {experiment}) AND r.assigned_experiment IS DISTINCT FROM {experiment}
                AND (r.exposure_id IS NULL OR r.assigned_experiment IS NOT NULL)
                AND r.generation_id NOT IN (SELECT generation_id FROM further_assignments WHERE experiment = {experiment})
            """;
        var sql = $"""
            SELECT {columns} FROM generations r JOIN {UnitTable.Name} u ON r.exposure_id = u.exposure_id WHERE {known}
            UNION ALL
            SELECT {columns} FROM generations r JOIN further_assignments f ON f.generation_id = r.generation_id
                JOIN {UnitTable.Name} u ON f.exposure_id = u.exposure_id
                WHERE f.experiment = {experiment} AND f.version = {version} AND {known}
            UNION ALL
            SELECT {columns} FROM generations r JOIN {UnitTable.Name} u ON coalesce(r.unit, r.{context.UnitColumn}) = u.unit
                WHERE {unassigned} AND {inTime}
            """;
        return context.Targets.HasAliases ? $"{sql}\nUNION ALL\n{TargetedRows.ByAlias("generations", columns, unassigned, inTime)}" : sql;
    }
}
