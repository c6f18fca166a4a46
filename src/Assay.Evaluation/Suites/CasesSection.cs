using System.Collections.Immutable;
using Assay.Evaluation.Cases;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>A suite's <c>cases</c>: a file, a file with named columns, several files, or the cases themselves.</summary>
internal static class CasesSection
{
    public static ImmutableArray<GoldenCase> Read(Section suite, SuiteServices services)
    {
        var cases = new List<GoldenCase>();
        var ids = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (!suite.Has("cases")) suite.Missing("cases", "a file: golden/support.jsonl, or a list of cases");
        foreach (var (node, path) in suite.List("cases", orOne: true))
        {
            if (node is ScalarNode reference) AddFile(reference.Value, node.Line, path, null);
            else if (node is MappingNode mapping && mapping["file"] is not null)
            {
                var section = Section.Of(node, path, suite.Source)!;
                var file = section.RequiredText("file");
                var columns = Columns(section);
                section.Finish();
                if (file is not null) AddFile(file, section.LineOf("file"), section.PathOf("file"), columns);
            }
            else Add(node, suite.Source, null);
        }
        if (suite.Has("cases") && cases.Count == 0 && !suite.Source.Problems.HasErrors) suite.Error("cases-none", "cases", "there is no case");
        return [.. cases];

        void AddFile(string file, int line, string path, IReadOnlyDictionary<string, string>? columns)
        {
            if (CaseFiles.Read(file, line, path, suite.Source, services.Tables, out var source) is not { } read) return;
            foreach (var row in read.Rows) Add(row, source, columns ?? (read.IsTable ? ImmutableDictionary<string, string>.Empty : null));
            if (read.Rows.Count == 0 && !suite.Source.Problems.HasErrors) source.Error("cases-none", 0, "", "there is no case in this file");
        }

        void Add(Node node, Source source, IReadOnlyDictionary<string, string>? columns)
        {
            if (CaseSection.Read(node, cases.Count + 1, source, services.Checks, columns) is not { } golden) return;
            if (!ids.TryAdd(golden.Id, golden.Place)) source.Error("duplicate-case", node.Line, "id", $"the case '{golden.Id}' is declared twice", $"first at {ids[golden.Id]}");
            else cases.Add(golden);
        }
    }

    private static Dictionary<string, string>? Columns(Section section)
    {
        if (section.Map("columns") is not { } map) return null;
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in CaseSection.Keys)
            if (map.Text(key) is { } column) columns[key] = column;
        map.Finish();
        return columns;
    }
}
