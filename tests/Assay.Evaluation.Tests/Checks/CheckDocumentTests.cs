using System.Collections.Immutable;
using System.Text.Json;
using Assay.Testing;

namespace Assay.Evaluation.Tests.Checks;

/// <summary>Holds docs/concepts/checks.md to the program: every kind with its arguments, and every example as it says.</summary>
public sealed class CheckDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "concepts", "checks.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Names => [.. CheckCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_OfAKind_SaysWhatTheCatalogueSays(string name)
    {
        var kind = CheckCatalog.Find(name)!;
        var lines = kind.Arguments.Select(a => $"- `{a.Name}` ({a.Form}; {(a.IsRequired ? "required" : "default: " + a.Default)}): {a.Meaning}\n");
        Assert.StartsWith($"### {name}\n{char.ToUpperInvariant(kind.Summary[0])}{kind.Summary[1..]}.\n{string.Concat(lines)}", Section(name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Document_OfAKind_HasExamplesThatHold(string name)
    {
        using var runner = new BoundedProcessRunner(TimeProvider.System, 2);
        var examples = Section(name).Split("\n```json\n")[1].Split("\n```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(examples);
        foreach (var example in examples.Select(e => JsonElement.Parse(e)))
        {
            var check = example.GetProperty("check");
            var type = check.GetProperty("type").GetString()!;
            Assert.Equal(name, type.StartsWith("not-", StringComparison.Ordinal) ? type[4..] : type);
            var arguments = JsonSerializer.Serialize(check.EnumerateObject().Where(p => p.Name != "type").ToDictionary(p => p.Name, p => p.Value));
            var services = new CheckServices { ProcessRunner = runner, Embedder = Embedder(example), RegexTimeout = TimeSpan.FromMilliseconds(200) };
            var golden = Ask.Case(Text(example, "expected"), example.TryGetProperty("variables", out var variables) ? variables.GetRawText() : null);
            var result = await Ask.ScoreAsync(type, arguments, Answer(example), golden, services);
            if (example.GetProperty("result") is { ValueKind: JsonValueKind.Number } score) Assert.Equal(score.GetDouble(), result.Value!.Value, 1e-6);
            else Assert.True(example.GetProperty("result").GetString() == Ask.Outcome(result), $"{example}: {result}");
        }
    }

    private static string Section(string name)
    {
        var start = Document.IndexOf($"### {name}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/concepts/checks.md has no section '{name}'");
        var end = Document.IndexOf("\n##", start + 3, StringComparison.Ordinal);
        return end < 0 ? Document[start..] : Document[start..end];
    }

    private static Answer Answer(JsonElement example) => new()
    {
        Text = Text(example, "answer")!,
        LatencyMs = example.TryGetProperty("latencyMs", out var latency) ? latency.GetDouble() : null,
        CostUsd = example.TryGetProperty("costUsd", out var cost) ? cost.GetDouble() : null,
        ToolCalls = example.TryGetProperty("toolCalls", out var calls) ? [.. calls.EnumerateArray().Select(c => new ToolCall(Text(c, "name")!, Text(c, "arguments")!))] : ImmutableArray<ToolCall>.Empty,
    };

    private static FakeEmbedder Embedder(JsonElement example) => new(example.TryGetProperty("embeddings", out var embeddings)
        ? embeddings.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(n => n.GetSingle()).ToArray())
        : []);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
