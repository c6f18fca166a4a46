using System.Globalization;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>
/// The wanted columns of all files as text, with file and line: <c>file_index, line, c0, c1, …</c>. Everything is text first, so that a value
/// that is not what it should be can be named with its line instead of failing the whole read.
/// </summary>
internal sealed class RawTable
{
    public const string Name = "raw";

    private readonly List<string> _files;
    private readonly Dictionary<string, int> _columns;

    private RawTable(List<string> files, Dictionary<string, int> columns) => (_files, _columns) = (files, columns);

    public string File(long index) => _files[(int)index];

    /// <summary>The SQL of a column's trimmed text; NULL where it is empty.</summary>
    public string Text(string column) => $"nullif(trim(c{_columns[column].ToString(CultureInfo.InvariantCulture)}), '')";

    /// <summary>The SQL of a column's number, TRUE and FALSE read as 1 and 0; NULL where it is neither.</summary>
    public string Number(string column) => NumberOf(Text(column));

    public static string NumberOf(string text) => $"CASE upper({text}) WHEN 'TRUE' THEN 1 WHEN 'FALSE' THEN 0 ELSE TRY_CAST({text} AS DOUBLE) END";

    /// <summary>Loads the files; null when one of them lacks a column or cannot be read.</summary>
    public static RawTable? Load(
        DuckDbConnection connection, List<string> files, IEnumerable<string> columns, ProblemList problems, CancellationToken cancellationToken)
    {
        var wanted = columns.Distinct(StringComparer.Ordinal).ToList();
        var cells = string.Concat(wanted.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $", c{i} VARCHAR")));
        connection.Execute($"CREATE OR REPLACE TABLE {Name} (file_index INTEGER, line BIGINT{cells})", cancellationToken);
        for (var i = 0; i < files.Count; i++)
        {
            try
            {
                LoadFile(connection, files[i], i, wanted, problems, cancellationToken);
            }
            catch (DuckDbException e)
            {
                problems.Error("unreadable-file", "the file cannot be read: " + e.Message.Split('\n')[0].Trim(), null, files[i]);
            }
        }
        return problems.HasErrors ? null : new RawTable(files, wanted.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal));
    }

    private static void LoadFile(
        DuckDbConnection connection, string file, int index, List<string> wanted, ProblemList problems, CancellationToken cancellationToken)
    {
        var format = DataFormats.Of(file);
        var present = Columns(connection, file, format, cancellationToken);
        var missing = wanted.Where(w => !present.Contains(w, StringComparer.Ordinal)).ToList();
        foreach (var name in missing)
            problems.Error("missing-column", $"there is no column {name}", Suggestion.For(name, present), file, null, name);
        if (missing.Count > 0) return;
        var values = new SqlParameters();
        var cells = string.Concat(wanted.Select(w => ", " + (format == DataFormat.Json ? $"json_extract_string(json, {values.Add(JsonSql.Pointer(w))})" : $"{Quoted(w)}::VARCHAR")));
        // Line 1 of a CSV is its header.
        var line = format == DataFormat.Csv ? "row_number() OVER () + 1" : "row_number() OVER ()";
        values.Execute(
            connection, $"INSERT INTO {Name} SELECT {index.ToString(CultureInfo.InvariantCulture)}, {line}{cells} FROM {Reader(file, format, values)}", cancellationToken);
        var rows = new SqlParameters();
        using var result = rows.Query(connection, $"SELECT count(*) FROM {Name} WHERE file_index = {rows.Add((long)index)}", cancellationToken);
        if (result.Rows(cancellationToken).First().GetInt64(0) == 0) problems.Error("empty-file", "the file has no rows", null, file);
    }

    private static List<string> Columns(DuckDbConnection connection, string file, DataFormat format, CancellationToken cancellationToken)
    {
        var values = new SqlParameters();
        var reader = Reader(file, format, values);
        if (format != DataFormat.Json)
        {
            using var header = values.Query(connection, $"SELECT * FROM {reader} LIMIT 0", cancellationToken);
            return [.. header.Columns.Select(c => c.Name)];
        }
        using var keys = values.Query(connection, $"SELECT DISTINCT unnest(json_keys(json)) AS k FROM {reader} ORDER BY k", cancellationToken);
        return [.. keys.Rows(cancellationToken).Select(r => r.GetString(0))];
    }

    private static string Reader(string file, DataFormat format, SqlParameters values) => format switch
    {
        DataFormat.Csv => $"read_csv({values.Add(file)}, header = true, all_varchar = true)",
        DataFormat.Json => $"read_json_objects({values.Add(file)}, format = 'auto')",
        DataFormat.Parquet => $"read_parquet({values.Add(file)})",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static string Quoted(string column) => "\"" + column.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
