using System.Text.RegularExpressions;
using Assay.Evaluation.Cases;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>Tests in a CSV file: columns are variables, those that start with <c>__</c> say what is expected.</summary>
internal static partial class PromptfooTable
{
    public static IEnumerable<MappingNode> Tests(CaseFileContent table, PromptfooImport import)
    {
        // An empty cell is an empty text there, not a variable that is missing.
        var all = table.Columns ?? table.Rows.OfType<MappingNode>().SelectMany(r => r.Entries).Select(e => e.Key).Distinct(StringComparer.Ordinal);
        var columns = all.Where(k => !k.StartsWith("__", StringComparison.Ordinal)).ToList();
        foreach (var row in table.Rows.OfType<MappingNode>()) yield return Test(row, columns, import);
    }

    private static MappingNode Test(MappingNode row, List<string> columns, PromptfooImport import)
    {
        MappingEntry Entry(string key, Node value) => new(key, row.Line, value);
        var vars = columns.Select(c => Entry(c, row[c] ?? new ScalarNode("", false, row.Line))).ToList();
        var (asserts, metadata, test) = (new List<Node>(), new List<MappingEntry>(), new List<MappingEntry>());
        foreach (var cell in row.Entries.Where(e => e.Key.StartsWith("__", StringComparison.Ordinal)))
        {
            if (cell.Value is not ScalarNode text) continue;
            if (cell.Key.StartsWith("__expected", StringComparison.Ordinal)) asserts.Add(Assertion(text, row["__metric"]));
            else if (cell.Key == "__description") test.Add(cell with { Key = "description" });
            else if (cell.Key.StartsWith("__metadata:", StringComparison.Ordinal)) metadata.Add(cell with { Key = cell.Key["__metadata:".Length..] });
            else if (cell.Key != "__metric") import.LeftOut.Add($"tests: the column '{cell.Key}' has no equal here");
        }
        return new MappingNode([.. test, Entry("vars", new MappingNode(vars, row.Line)), Entry("metadata", new MappingNode(metadata, row.Line)), Entry("assert", new SequenceNode(asserts, row.Line))], row.Line);
    }

    // type: value, type(threshold): value, or a text that the answer must equal.
    private static MappingNode Assertion(ScalarNode cell, Node? metric)
    {
        var match = Shorthand().Match(cell.Value);
        var type = match.Groups["type"].Value switch { "grade" => "llm-rubric", "fn" or "eval" => "javascript", var name => name };
        if (!match.Success || !PromptfooAssertions.IsKnown(type)) (match, type) = (Match.Empty, "equals");
        var entries = new List<MappingEntry> { new("type", cell.Line, new ScalarNode(type, false, cell.Line)) };
        if (!match.Success || match.Groups["value"].Success) entries.Add(new("value", cell.Line, new ScalarNode(match.Success ? match.Groups["value"].Value.Trim() : cell.Value, false, cell.Line)));
        if (match.Groups["threshold"] is { Success: true, Value: var threshold }) entries.Add(new("threshold", cell.Line, new ScalarNode(threshold, true, cell.Line)));
        if (metric is not null) entries.Add(new("metric", cell.Line, metric));
        return new MappingNode(entries, cell.Line);
    }

    [GeneratedRegex(@"^\s*(?<type>[a-z][a-z0-9-]*)(?:\((?<threshold>\d+(?:\.\d+)?)\))?\s*(?::(?<value>.*))?$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Shorthand();
}
