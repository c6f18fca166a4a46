namespace Assay.Experiments;

/// <summary>Reads definitions (YAML or JSON) and reports every problem at once.</summary>
public static class DefinitionReader
{
    /// <summary>Reads files, with what they include and reference. A file that cannot be read is a problem, not an exception.</summary>
    public static DefinitionResult ReadFiles(IReadOnlyList<string> paths, DefinitionSet? known = null) => throw new NotSupportedException();

    /// <summary>Reads one text.</summary>
    /// <param name="yamlOrJson">One or more documents.</param>
    /// <param name="fileName">For messages; null over HTTP.</param>
    /// <param name="baseDirectory">Where referenced files are looked for; null refuses references, as over HTTP.</param>
    /// <param name="known">What is declared elsewhere (the server's upstreams, routes and metrics) and may be named here.</param>
    public static DefinitionResult ReadText(string yamlOrJson, string? fileName = null, string? baseDirectory = null, DefinitionSet? known = null) => throw new NotSupportedException();
}
