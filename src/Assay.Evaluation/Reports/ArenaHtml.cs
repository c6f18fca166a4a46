using System.Text;

namespace Assay.Evaluation;

/// <summary>A report as one page that needs nothing else: data, script and style are inside, no network is touched.</summary>
public static class ArenaHtml
{
    private static readonly Lazy<string> Template = new(() =>
    {
        using var stream = typeof(ArenaHtml).Assembly.GetManifestResourceStream("arena/report.html") ?? throw new InvalidOperationException("the report's page is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <param name="report">What was found.</param>
    /// <param name="answers">Lines of <see cref="ArenaRows.Answers"/>.</param>
    public static string Write(ArenaReport report, IEnumerable<string> answers)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(answers);
        var list = new StringBuilder("[").AppendJoin(",\n", answers).Append(']');
        return Template.Value
            .Replace("/*TITLE*/", System.Net.WebUtility.HtmlEncode(report.Suite), StringComparison.Ordinal)
            .Replace("/*REPORT*/", Inert(ArenaJson.Write(report)), StringComparison.Ordinal)
            .Replace("/*ANSWERS*/", Inert(list.ToString()), StringComparison.Ordinal);
    }

    // Answers are written by others: nothing in them may close the element that holds them.
    private static string Inert(string json) => json.Replace("<", "\\u003C", StringComparison.Ordinal).Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);
}
