using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation.Tests.Checks;

/// <summary>Makes a check from JSON as a suite would declare it, and asks it.</summary>
internal static class Ask
{
    public static GoldenCase Case(string? expected = null, string? variables = null) => new()
    {
        Id = "case",
        Messages = [new ChatTurn("user", "question")],
        Expected = expected,
        Variables = variables is null ? ImmutableSortedDictionary<string, JsonElement>.Empty
            : JsonElement.Parse(variables).EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => p.Value),
    };

    public static CheckSpec Spec(string name, string arguments = "{}")
    {
        var isNegated = name.StartsWith("not-", StringComparison.Ordinal);
        return new CheckSpec { Type = isNegated ? name[4..] : name, IsNegated = isNegated, Arguments = JsonElement.Parse(arguments) };
    }

    public static CheckCreation Create(string name, string arguments = "{}", CheckServices? services = null) => CheckCatalog.Create(Spec(name, arguments), services ?? new CheckServices());

    public static ICheck Check(string name, string arguments = "{}", CheckServices? services = null)
    {
        var creation = Create(name, arguments, services);
        Assert.Empty(creation.Problems);
        return creation.Check!;
    }

    public static async Task<CheckResult> ScoreAsync(string name, string arguments, Answer answer, GoldenCase? golden = null, CheckServices? services = null) =>
        await Check(name, arguments, services).ScoreAsync(golden ?? Case(), answer, TestContext.Current.CancellationToken);

    public static Task<CheckResult> ScoreAsync(string name, string arguments, string answer, string? expected = null) =>
        ScoreAsync(name, arguments, new Answer { Text = answer }, Case(expected));

    /// <summary>pass, fail, missing or error.</summary>
    public static string Outcome(CheckResult result) => result.Status == ScoreStatus.Scored
        ? result.Passed switch { true => "pass", false => "fail", null => "scored" }
        : result.Status == ScoreStatus.Missing ? "missing" : "error";
}
