using Assay.DuckDb;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Which text in the variant column means which variant.</summary>
internal static class VariantValues
{
    /// <summary>The SQL that turns the text into the variant's number; NULL where no variant is meant.</summary>
    public static string Index(string text, DataMapping mapping, Experiment experiment, SqlParameters values) =>
        $"CASE {text} {string.Join(' ', experiment.Variants.Select((v, i) => $"WHEN {values.Add(Value(v, mapping))} THEN {i}"))} END";

    /// <summary>Reports values that mean no variant, with how often each was seen, and mapped keys that are no variant.</summary>
    public static void Check(
        DuckDbConnection connection, RawTable raw, string column, DataMapping mapping, Experiment experiment, bool emptyIsProblem, ProblemList problems)
    {
        foreach (var key in mapping.Variants.Keys.Where(k => !experiment.Variants.Any(v => v.Key == k)))
            problems.Error("unknown-variant", $"data.variants names {key}, which is no variant of {experiment.Key}", Suggestion.For(key, [.. experiment.Variants.Select(v => v.Key)]));
        var text = raw.Text(column);
        var values = new SqlParameters();
        using var result = values.Query(connection, $"""
            SELECT {text} AS seen, count(*), any_value({Index(text, mapping, experiment, values)}), arg_min(file_index, (file_index, line)), arg_min(line, (file_index, line))
            FROM {RawTable.Name} GROUP BY 1 ORDER BY 2 DESC, 1
            """, CancellationToken.None);
        var rows = result.Rows().Select(r => (Text: r.GetNullableString(0), Count: r.GetInt64(1), Variant: r.GetNullableInt64(2), File: r.GetInt64(3), Line: r.GetInt64(4))).ToList();
        var strange = rows.FindAll(r => r.Variant is null && (r.Text is not null || emptyIsProblem));
        if (strange.Count == 0) return;
        var seen = string.Join(", ", rows.Take(20).Select(r => $"{r.Text ?? "(empty)"} ({r.Count})")) + (rows.Count > 20 ? $" and {rows.Count - 20} more" : "");
        problems.Error(
            "unmapped-variant", $"{(strange.Count == 1 ? "a value" : $"{strange.Count} values")} of {column} {(strange.Count == 1 ? "is" : "are")} no variant: {string.Join(", ", strange.Take(10).Select(r => r.Text ?? "(empty)"))}; seen: {seen}",
            $"map them under data.variants; expected: {string.Join(", ", experiment.Variants.Select(v => $"{v.Key} as {Value(v, mapping)}"))}", raw.File(strange[0].File), strange[0].Line, column);
    }

    private static string Value(Variant variant, DataMapping mapping) => mapping.Variants.GetValueOrDefault(variant.Key, variant.Key);
}
