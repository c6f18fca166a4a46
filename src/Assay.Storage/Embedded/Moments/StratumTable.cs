using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Storage;

/// <summary>Numbers the strata of the units: the combined values of the plan's attributes, as known at the first exposure, as a JSON array in the column <c>stratum</c>.</summary>
internal static class StratumTable
{
    /// <summary>Beyond so many, the smallest are one: an attribute that tells every unit apart is no stratum, and what leaves the store stays small.</summary>
    private const int Most = 200;

    public const string Name = "assay_strata";

    /// <summary>The column for the table of units; nothing without strata.</summary>
    /// <param name="strata">The plan's attributes.</param>
    /// <param name="text">The SQL of an attribute's value as text.</param>
    public static string Column(ImmutableArray<string> strata, Func<string, string> text) =>
        strata.IsEmpty ? "" : $", json_array({string.Join(", ", strata.Select(text))})::VARCHAR AS stratum";

    /// <summary>Makes <c>stratum, st</c> from the units.</summary>
    /// <returns>The values by number, empty for number 0, which is all the rest; null when the plan has no strata.</returns>
    public static IReadOnlyList<ImmutableArray<string?>>? Create(MomentsContext context)
    {
        if (context.Experiment.Plan.Strata.IsEmpty) return null;
        if (context.Query.Strata is { } frozen) return Frozen(context, frozen);
        context.Connection.Execute($"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT stratum, CASE WHEN k <= {Most} THEN k ELSE 0 END::INTEGER AS st FROM (
                SELECT stratum, row_number() OVER (ORDER BY count(*) DESC, stratum) AS k FROM {UnitTable.Name} GROUP BY stratum)
            """, context.CancellationToken);
        using var result = context.Connection.Query($"SELECT stratum FROM {Name} WHERE st > 0 ORDER BY st", context.CancellationToken);
        return [[], .. result.Rows().Select(r => Values(r.GetString(0)))];
    }

    // Numbered as they are frozen; whatever else units have is 0.
    private static ImmutableArray<string?>[] Frozen(MomentsContext context, ImmutableArray<ImmutableArray<string?>> strata)
    {
        var values = new SqlParameters();
        var numbers = string.Concat(strata.Select((s, i) => $" WHEN json_array({string.Join(", ", s.Select(v => v is null ? "NULL" : values.Add(v)))})::VARCHAR THEN {MomentsContext.Number(i + 1)}"));
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT DISTINCT stratum, {(numbers.Length == 0 ? "0" : $"CASE stratum{numbers} ELSE 0 END")}::INTEGER AS st FROM {UnitTable.Name}
            """, context.CancellationToken);
        return [[], .. strata];
    }

    private static ImmutableArray<string?> Values(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(v => v.GetString())];
    }
}
