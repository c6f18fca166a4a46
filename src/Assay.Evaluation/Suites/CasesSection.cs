using System.Collections.Immutable;
using Assay.Evaluation.Cases;
using Assay.Evaluation.Promptfoo;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>A suite's <c>cases</c>: a file, a file with named columns, several files, or the cases themselves. A promptfoo configuration among the files brings more than cases.</summary>
internal static class CasesSection
{
    public static (ImmutableArray<GoldenCase> Cases, List<PromptfooImport> Imports) Read(Section suite, SuiteServices services)
    {
        var cases = new List<GoldenCase>();
        var imports = new List<PromptfooImport>();
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
        return ([.. cases], imports);

        void AddFile(string file, int line, string path, IReadOnlyDictionary<string, string>? columns)
        {
            if (CaseFiles.Read(file, line, path, suite.Source, services.Tables, out var source, takesTests: true) is not { } read) return;
            if (read.Promptfoo is { } configuration)
            {
                if (columns is not null) suite.Error("columns", "cases", $"'{file}' is a promptfoo configuration: its variables have names of their own, and columns have no effect");
                var import = PromptfooReader.Import(Section.Of(configuration, "", source)!, services, cases.Count + 1);
                imports.Add(import);
                foreach (var golden in import.Cases) AddCase(golden, source, golden.Place is null ? 0 : configuration.Line);
                if (import.Cases.Count == 0 && !suite.Source.Problems.HasErrors) source.Error("cases-none", 0, "tests", "there is no test in this file");
                return;
            }
            foreach (var row in read.Rows) Add(row, source, columns ?? (read.IsTable ? ImmutableDictionary<string, string>.Empty : null));
            if (read.Rows.Count == 0 && !suite.Source.Problems.HasErrors) source.Error("cases-none", 0, "", "there is no case in this file");
        }

        void Add(Node node, Source source, IReadOnlyDictionary<string, string>? columns)
        {
            if (CaseSection.Read(node, cases.Count + 1, source, services.Checks, columns) is { } golden) AddCase(golden, source, node.Line);
        }

        void AddCase(GoldenCase golden, Source source, int line)
        {
            if (!ids.TryAdd(golden.Id, golden.Place)) source.Error("duplicate-case", line, "id", $"the case '{golden.Id}' is declared twice", $"first at {ids[golden.Id]}");
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
