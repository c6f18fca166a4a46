using System.CommandLine;
using System.Globalization;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>Mean and spread of one column of a CSV file of earlier units.</summary>
internal static class PilotFile
{
    /// <summary>The column's moments; null when no pilot file is given.</summary>
    /// <exception cref="UsageException">The column is missing, holds text, or holds fewer than 2 values; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SampleMoments? Read(ParseResult result, SizeOptions options)
    {
        if (result.GetValue(options.Pilot) is not { } file)
            return result.GetValue(options.Column) is null ? null : throw new UsageException("--column names a column of a --pilot file, but none is given");
        var column = result.GetValue(options.Column) ?? throw new UsageException("--pilot needs --column C: the column that holds the values");
        using var reader = file.OpenText();
        return SampleMoments.FromValues(Values(reader, column, file.ToString()));
    }

    /// <summary>The numbers of a column; empty fields are left out, TRUE and FALSE are 1 and 0.</summary>
    internal static double[] Values(TextReader reader, string column, string file)
    {
        if (CsvRow.Read(reader) is not { } header) throw new UsageException($"{file} is empty");
        var index = header.IndexOf(column);
        if (index < 0) throw new UsageException($"{file} has no column '{column}'; there are {string.Join(", ", header)}");
        var values = new List<double>();
        for (var row = 2; CsvRow.Read(reader) is { } fields; row++)
        {
            if (fields is [""]) continue;
            if (index >= fields.Count) throw new UsageException($"{file}: row {row} has {fields.Count} fields, and column '{column}' is the {index + 1}th");
            if (string.IsNullOrWhiteSpace(fields[index])) continue;
            values.Add(Number(fields[index].Trim()) ?? throw new UsageException($"{file}: row {row}, column '{column}': '{fields[index]}' is not a number"));
        }
        return values.Count >= 2 ? [.. values] : throw new UsageException($"{file}: column '{column}' holds {values.Count} values; a spread needs at least 2");
    }

    private static double? Number(string text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) ? 1
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
