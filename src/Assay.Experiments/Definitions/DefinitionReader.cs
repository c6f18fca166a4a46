using Assay.Experiments.Reading;

namespace Assay.Experiments;

/// <summary>Reads definitions (YAML or JSON) and reports every problem at once, with file and line.</summary>
public static class DefinitionReader
{
    /// <summary>Reads files, with what they include and reference. A file that cannot be read is a problem, not an exception.</summary>
    /// <param name="paths">At least one; each is read once.</param>
    /// <param name="known">What is declared elsewhere and may be named here: a server's upstreams, routes and metrics.</param>
    public static DefinitionResult ReadFiles(IReadOnlyList<string> paths, DefinitionSet? known = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var problems = new ProblemList();
        var loader = new DocumentLoader(problems);
        foreach (var path in paths) loader.LoadFile(path);
        return Read(loader, problems, known);
    }

    /// <summary>Reads one text of one or more documents.</summary>
    /// <param name="yamlOrJson">The text; over HTTP the combined object <c>{"experiment":{…},"metrics":{…}}</c>.</param>
    /// <param name="fileName">For messages; null over HTTP.</param>
    /// <param name="baseDirectory">Where referenced files are looked for; null refuses references, as over HTTP.</param>
    /// <param name="known">What is declared elsewhere and may be named here: a server's upstreams, routes and metrics.</param>
    public static DefinitionResult ReadText(string yamlOrJson, string? fileName = null, string? baseDirectory = null, DefinitionSet? known = null)
    {
        ArgumentNullException.ThrowIfNull(yamlOrJson);
        var problems = new ProblemList();
        var loader = new DocumentLoader(problems);
        loader.LoadText(yamlOrJson, fileName, baseDirectory);
        return Read(loader, problems, known);
    }

    private static DefinitionResult Read(DocumentLoader loader, ProblemList problems, DefinitionSet? known)
    {
        var context = new DefinitionContext(known ?? DefinitionSet.Empty);
        var read = DocumentSections.Read(loader.Documents, context);
        if (problems.HasErrors) return new DefinitionResult(null, problems.InOrder());
        var experiments = read.Select(e => e with { DefinitionHash = DefinitionHash.Compute(e) });
        return new DefinitionResult(context.ToSet(experiments), problems.InOrder());
    }
}
