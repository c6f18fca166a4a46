using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>Labels as read, and what is wrong with the file; every problem names file and line.</summary>
public sealed record LabelFile(ImmutableArray<JudgeLabel> Labels, ImmutableArray<string> Problems)
{
    private static readonly string[] Known = ["item", "human", "judge", "order", "lengthA", "lengthB"];

    /// <summary>Reads CSV with a header (item, human, judge[, order, lengthA, lengthB]) or JSON lines with the same keys.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="name">Its name, for messages.</param>
    public static LabelFile Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new List<string>();
        var start = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        var rows = start.Length > 0 && start[0] == '{' ? JsonRows(text, name, problems) : CsvRows(text, name, problems);
        var labels = new List<JudgeLabel>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, fields) in rows)
        {
            var before = problems.Count;
            string item = Need("item"), human = Label(Need("human")), judge = Label(Need("judge"));
            var order = fields.GetValueOrDefault("order")?.Trim() is { Length: > 0 } o ? o.ToUpperInvariant() : null;
            if (order is not (null or "A" or "B")) problems.Add($"{name}:{line}: order is '{fields["order"]}'; it names the answer that was shown first, A or B");
            double? lengthA = Length("lengthA"), lengthB = Length("lengthB");
            if (item.Length > 0 && !seen.TryAdd(item, line)) problems.Add($"{name}:{line}: item '{Short(item)}' was already labelled on line {seen[item]}; an item counts once, so decide on one label");
            if (problems.Count == before) labels.Add(new JudgeLabel(item, human, judge, order, lengthA, lengthB, line));

            string Need(string field)
            {
                var value = fields.GetValueOrDefault(field)?.Trim() ?? "";
                if (value.Length == 0) problems.Add($"{name}:{line}: {field} is empty");
                return value;
            }

            double? Length(string field)
            {
                if (fields.GetValueOrDefault(field)?.Trim() is not { Length: > 0 } value) return null;
                if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number)) return number;
                problems.Add($"{name}:{line}: {field} is '{Short(value)}', not a number of characters");
                return null;
            }
        }
        if (labels.Count == 0 && problems.Count == 0) problems.Add($"{name}: there are no labels; the columns are {string.Join(", ", Known)} (the last three may be left out)");
        return new LabelFile([.. labels], [.. problems]);
    }

    private static List<(int Line, Dictionary<string, string> Fields)> CsvRows(string text, string name, List<string> problems)
    {
        var table = CsvText.Read(text, out var broken);
        if (broken is { } place) problems.Add($"{name}:{place}: a quoted field is not closed");
        if (table.Count == 0) return [];
        string[] header = [.. table[0].Fields.Select(f => f.Trim())];
        foreach (var column in header.Where(h => !Known.Contains(h)))
            problems.Add($"{name}:{table[0].Line}: unknown column '{Short(column)}'; {Suggestions.Hint(column, Known) ?? "there are " + string.Join(", ", Known)}");
        foreach (var column in Known[..3].Where(k => !header.Contains(k))) problems.Add($"{name}:{table[0].Line}: the column '{column}' is missing");
        if (header.Distinct(StringComparer.Ordinal).Count() < header.Length) problems.Add($"{name}:{table[0].Line}: a column stands twice");
        if (problems.Count > 0) return [];
        var rows = new List<(int Line, Dictionary<string, string> Fields)>();
        foreach (var (line, fields) in table.Skip(1))
        {
            if (fields.Length == 1 && fields[0].Trim().Length == 0) continue;
            if (fields.Length != header.Length) problems.Add($"{name}:{line}: there are {fields.Length} fields, and {header.Length} columns");
            else rows.Add((line, header.Zip(fields).ToDictionary(p => p.First, p => p.Second)));
        }
        return rows;
    }

    private static List<(int Line, Dictionary<string, string> Fields)> JsonRows(string text, string name, List<string> problems)
    {
        var rows = new List<(int Line, Dictionary<string, string> Fields)>();
        var line = 0;
        foreach (var part in text.TrimStart('\uFEFF').Split('\n'))
        {
            line++;
            if (part.Trim().Length == 0) continue;
            try
            {
                using var document = JsonDocument.Parse(part, new JsonDocumentOptions { AllowDuplicateProperties = false });
                if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
                var fields = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    if (!Known.Contains(property.Name)) problems.Add($"{name}:{line}: unknown key '{Short(property.Name)}'; {Suggestions.Hint(property.Name, Known) ?? "there are " + string.Join(", ", Known)}");
                    else if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) problems.Add($"{name}:{line}: {property.Name} must be a text or a number");
                    else if (property.Value.ValueKind != JsonValueKind.Null) fields[property.Name] = property.Value.ToString();
                }
                rows.Add((line, fields));
            }
            catch (JsonException)
            {
                problems.Add($"{name}:{line}: this is not one JSON object");
            }
        }
        return rows;
    }

    // a, b and tie are verdicts however they are written; numbers are equal when their values are; true and yes are left to the user.
    private static string Label(string text) =>
        text.ToUpperInvariant() is "A" or "B" or "TIE" ? text.ToUpperInvariant()
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture)
        : text;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
