using System.Globalization;
using Assay.Evaluation.Promptfoo;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Cases;

/// <summary>Rows of a file as nodes: JSON lines, YAML or JSON lists, CSV, and by a port Parquet.</summary>
internal static class CaseFiles
{
    private static readonly char[] ListSeparators = [';', '|'];

    /// <summary>The rows and whether unknown fields are free (columns of a table), or null when the file cannot be read.</summary>
    /// <param name="takesTests">True: a promptfoo configuration is handed over as it is.</param>
    public static CaseFileContent? Read(string reference, int line, string path, Source source, ICaseTables? tables, out Source file, bool takesTests = false)
    {
        file = source;
        var extension = Path.GetExtension(reference).ToUpperInvariant();
        if (extension is ".PARQUET" or ".PQ") return Table(reference, line, path, source, tables, out file);
        if (source.ReadReferenced(reference, line, path, out var name) is not { } text) return null;
        source.Problems.Opened(name);
        var here = file = source with { File = name, Directory = source.Directory is null ? null : Path.GetDirectoryName(Path.GetFullPath(Path.Combine(source.Directory, reference))) };
        if (extension is ".CSV") return Csv(text, here);
        if (extension is ".JSONL" or ".NDJSON") return new CaseFileContent(Lines(text, here), false);
        var roots = NodeText.Read(text, here);
        if (takesTests && roots is [MappingNode only] && PromptfooReader.HoldsTests(only)) return new CaseFileContent([], false, only);
        var rows = new List<Node>();
        foreach (var root in roots)
        {
            if (root is SequenceNode list) rows.AddRange(list.Items);
            else if (root is MappingNode mapping && mapping["cases"] is SequenceNode cases) rows.AddRange(cases.Items);
            else here.Error("cases", root.Line, "", "cases are a list, or a mapping with the list 'cases'");
        }
        return new CaseFileContent(rows, false);
    }

    private static List<Node> Lines(string text, Source source)
    {
        var rows = new List<Node>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].AsSpan().Trim("\uFEFF \t\r").IsEmpty) continue;
            if (JsonNodes.Read(lines[i].TrimStart('\uFEFF'), source, out var error, i + 1) is { } row) rows.Add(row);
            else source.Error("malformed-json", i + 1, "", "this line is not valid JSON", string.Create(CultureInfo.InvariantCulture, $"column {(error!.BytePositionInLine ?? 0) + 1}"));
        }
        return rows;
    }

    private static CaseFileContent Csv(string text, Source source)
    {
        void Report(int line, string message) => source.Error("ragged-row", line, "", message, "quote a field that holds a comma, a quote or a line end");
        var rows = CsvTable.Read(text, Report);
        if (rows.Count == 0) return new CaseFileContent([], true);
        var header = rows[0].Fields;
        foreach (var twice in header.GroupBy(h => h, StringComparer.Ordinal).Where(g => g.Count() > 1))
            source.Error("duplicate-key", 1, twice.Key, $"the column '{twice.Key}' stands here twice");
        return new CaseFileContent([.. CsvTable.Even(rows, Report).Select(row => (Node)new MappingNode(
            [.. header.Select((h, i) => new MappingEntry(h, row.Line, Cell(h, row.Fields[i], row.Line))).Where(e => e.Value is not ScalarNode { IsNull: true })], row.Line))], true, Columns: header);
    }

    // Cells are texts; an empty one is nothing. Tags may be several in one cell.
    private static Node Cell(string column, string text, int line)
    {
        if (text.Length == 0) return new ScalarNode("", true, line);
        if (column == "tags" && text.IndexOfAny(ListSeparators) >= 0)
            return new SequenceNode([.. text.Split(ListSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => (Node)new ScalarNode(t, false, line))], line);
        if (column is "messages" or "context" or "tags" && text[0] == '[' && JsonNodes.Read(text, new Source(null, null, new ProblemList()), out _, line) is { } list) return list;
        return new ScalarNode(text, false, line);
    }

    private static CaseFileContent? Table(string reference, int line, string path, Source source, ICaseTables? tables, out Source file)
    {
        var name = source.DisplayName(reference);
        file = source with { File = name };
        source.Problems.Opened(name);
        if (source.Directory is null || tables is null)
        {
            source.Error("format", line, path, $"'{reference}' cannot be read here", "write the cases as JSON lines, YAML or CSV");
            return null;
        }
        var (rows, problem) = tables.Read(Path.GetFullPath(Path.Combine(source.Directory, reference)));
        if (rows is null)
        {
            source.Error("file-not-found", line, path, $"cannot read '{name}': {problem}");
            return null;
        }
        var quiet = file with { Problems = new ProblemList() };
        return new CaseFileContent([.. rows.Value.Select((row, i) => JsonNodes.Read(row.GetRawText(), quiet, out _, i + 1)!)], true);
    }
}
