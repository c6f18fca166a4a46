using Assay.Evaluation.Promptfoo;
using Assay.Evaluation.Suites;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>Reads suites (YAML or JSON) and promptfoo configurations; reports every problem at once, with file and line.</summary>
public static class SuiteReader
{
    /// <summary>Whether a file holds a suite or a promptfoo configuration, as far as can be told without reading what it refers to.</summary>
    public static bool IsSuite(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (TextFile.Read(Path.GetFullPath(path), out _) is not { } text) return false;
        var quiet = new ProblemList();
        var roots = NodeText.Read(text, new Source(path, null, quiet)).OfType<MappingNode>().ToList();
        return roots.Exists(r => r["suite"] is not null || PromptfooReader.IsConfiguration(r));
    }

    /// <summary>Reads one suite with all it refers to. A file that cannot be read is a problem, not an exception.</summary>
    public static SuiteResult ReadFile(string path, SuiteServices? services = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        services ??= new SuiteServices();
        var problems = new ProblemList();
        var loader = new DocumentLoader(problems);
        loader.LoadFile(path);
        services = services with { Checks = services.Checks with { WorkingDirectory = services.Checks.WorkingDirectory ?? Path.GetDirectoryName(Path.GetFullPath(path)) } };
        var suite = Read(loader.Documents.ConvertAll(d => d.Section), problems, services, path);
        if (suite is not null) CheckPrograms(suite, services, new Source(path, null, problems));
        return new SuiteResult(problems.HasErrors ? null : suite is null ? null : SuiteHash.Fill(suite with { Directory = Path.GetDirectoryName(Path.GetFullPath(path)) }), problems.InOrder());
    }

    private static Suite? Read(List<Section> sections, ProblemList problems, SuiteServices services, string path)
    {
        if (sections.Find(s => PromptfooReader.IsConfiguration(s)) is { } foreign) return PromptfooReader.Read(foreign, services);
        var suites = sections.FindAll(s => s.Has("suite"));
        if (suites.Count != 1)
        {
            if (!problems.HasErrors) new Source(path, null, problems).Error("suite-count", suites.Count > 1 ? suites[1].Line : 0, "", suites.Count == 0 ? "there is no suite here" : "a file holds one suite", "a suite starts with suite: NAME");
            return null;
        }
        var suite = suites[0];
        var known = Experiment(suite, out var experiment, problems);
        var context = new DefinitionContext(known);
        foreach (var section in sections)
        {
            if (section.Map("upstreams") is { } upstreams) RoutingSection.ReadUpstreams(upstreams, context);
            if (section.Map("prices") is { } prices) RoutingSection.ReadPrices(prices, context);
        }
        var read = SuiteSection.Read(suite, experiment, context, known, services);
        suite.Finish();
        // Shared files may hold what only experiments use; it is not this reader's to judge.
        foreach (var section in sections.Where(s => s != suite))
        {
            foreach (var key in (string[])["metrics", "data", "routes", "experiment", "experiments"]) section.Take(key);
            if (!section.Has("key")) section.Finish();
        }
        return read;
    }

    private static void CheckPrograms(Suite suite, SuiteServices services, Source source)
    {
        if (services.Checks.ProcessRunner is not { } runner) return;
        foreach (var variant in suite.Variants)
            if (variant.Command is { } command && !runner.CanStart(CommandAnswers.Request(command, services.Checks.WorkingDirectory)))
                source.Error("command", 0, "variants", $"'{variant.Key}': there is no program '{command.Arguments[0]}' to start", "install it, or write its path from the suite's folder with a slash");
    }

    // experiment: support.yaml, or { file: support.yaml, key: support-prompt } where the file holds several.
    private static DefinitionSet Experiment(Section suite, out Experiment? experiment, ProblemList problems)
    {
        experiment = null;
        var node = suite.Take("experiment");
        if (node is null) return DefinitionSet.Empty;
        string? file, key = null;
        if (node is ScalarNode text) file = text.Value;
        else if (suite.Map("experiment") is { } map)
        {
            (file, key) = (map.RequiredText("file"), map.Text("key"));
            map.Finish();
        }
        else return DefinitionSet.Empty;
        if (file is null || suite.Source.ReadReferenced(file, suite.LineOf("experiment"), "experiment", out var name) is null) return DefinitionSet.Empty;
        var result = DefinitionReader.ReadFiles([name]);
        foreach (var problem in result.Problems.Where(p => p.Severity == ProblemSeverity.Error))
        {
            problems.Opened(problem.File);
            problems.Add(problem);
        }
        if (result.Definitions is not { } definitions) return DefinitionSet.Empty;
        var found = definitions.Experiments.Where(e => key is null || e.Key == key).ToList();
        if (found.Count == 1) experiment = found[0];
        else if (found.Count == 0) suite.Error("experiment", "experiment", key is null ? $"there is no experiment in '{name}'" : $"there is no experiment '{key}' in '{name}'", Suggestions.Hint(key ?? "", definitions.Experiments.Select(e => e.Key)));
        else suite.Error("experiment", "experiment", $"'{name}' holds several experiments: {string.Join(", ", found.Select(e => e.Key))}", $"write {{ file: {file}, key: {found[0].Key} }}");
        return definitions;
    }
}
