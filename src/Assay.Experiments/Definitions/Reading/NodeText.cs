namespace Assay.Experiments.Reading;

internal static class NodeText
{
    /// <summary>Nodes of a YAML or JSON text. What opens with a brace is tried as JSON first; YAML's flow style looks the same.</summary>
    public static IReadOnlyList<Node> Read(string text, Source source)
    {
        var start = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        if (start.IsEmpty || start[0] is not ('{' or '[')) return YamlNodes.Read(text, source);
        var root = JsonNodes.Read(text, source, out var error);
        if (root is not null) return [root];
        var isJson = source.File?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ?? true;
        if (!isJson) return YamlNodes.Read(text, source);
        source.Error("malformed-json", (int)(error!.LineNumber ?? 0) + 1, "", "this is not valid JSON: " + FirstSentence(error.Message), $"column {(error.BytePositionInLine ?? 0) + 1}");
        return [];
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}
