namespace Assay.Evaluation.Checks;

/// <summary>The code in an answer: what stands in its first Markdown fence, else the whole answer.</summary>
internal static class CodeFence
{
    public static CheckArgument Argument { get; } = new("fence", "flag", "when the answer has a Markdown code fence, what stands in the first one is looked at", "true");

    /// <summary>An unclosed fence reaches to the end.</summary>
    public static string Inside(string text)
    {
        var open = LineStart(text, 0);
        if (open < 0) return text;
        var body = text.IndexOf('\n', open);
        if (body < 0) return text;
        var close = LineStart(text, body + 1);
        return close < 0 ? text[(body + 1)..] : text[(body + 1)..close];
    }

    // Of a line that starts with three backticks or more, after at most white space.
    private static int LineStart(string text, int from)
    {
        for (var at = from; at >= 0 && at < text.Length;)
        {
            if (text.AsSpan(at).TrimStart([' ', '\t']).StartsWith("```")) return at;
            var end = text.IndexOf('\n', at);
            at = end < 0 ? -1 : end + 1;
        }
        return -1;
    }
}
