using System.Text.RegularExpressions;
using Assay.Cli.Stats;
using Assay.Testing;

namespace Assay.EndToEnd.Stats;

/// <summary>docs/statistics: a page for each method, and on each page what a statistician asks for.</summary>
public sealed partial class MethodPagesTests
{
    private static readonly string[] s_parts = ["Question.", "Use", "Formula.", "Command.", "Assumes", "Degenerate input.", "Source.", "Reference values."];

    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "docs", "statistics");

    public static TheoryData<string> Pages => [.. Directory.GetFiles(s_folder, "*.md").Select(p => Path.GetFileName(p)).Where(n => n is not ("README.md" or "calibration.md")).Order(StringComparer.Ordinal)];

    [Fact]
    public void EveryMethod_OfTheCommandLine_IsNamedByOnePage()
    {
        var named = Pages.SelectMany(page => Commands(page.Data)).ToList();
        Assert.Empty(named.GroupBy(n => n).Where(g => g.Count() > 1 && g.Key != "bandit-allocation").Select(g => g.Key));
        Assert.Equal(StatsMethods.All.Select(m => m.Name).Order(StringComparer.Ordinal), named.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_HasAllParts_AndIsListed(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(s_folder, page));
        foreach (var part in s_parts) Assert.True(lines.Any(l => l.StartsWith("**" + part, StringComparison.Ordinal)), $"{page} has no line that starts with **{part}");
        Assert.Contains($"({page})", File.ReadAllText(Path.Combine(s_folder, "README.md")), StringComparison.Ordinal);
        foreach (Match link in Link().Matches(string.Join('\n', lines)))
            Assert.True(File.Exists(Path.Combine(s_folder, link.Groups[1].Value)), $"{page} links to {link.Groups[1].Value}, which is not there");
    }

    // A command is of a method, or of a verb.
    private static IEnumerable<string> Commands(string page) =>
        File.ReadLines(Path.Combine(s_folder, page)).Where(l => l.StartsWith("**Command.**", StringComparison.Ordinal))
            .SelectMany(line => Method().Matches(line).Select(m => m.Groups[1].Value));

    [GeneratedRegex("`assay stats ([a-z0-9-]+)`")]
    private static partial Regex Method();

    [GeneratedRegex(@"\]\(([^)#:]+\.md)")]
    private static partial Regex Link();
}
