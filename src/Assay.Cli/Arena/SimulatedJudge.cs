using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Cli.Arena;

/// <summary>A judge that only pretends, in every form that a judge may be asked in: scores written beforehand for the five questions, simple rules for all else.</summary>
internal static partial class SimulatedJudge
{
    private const string Reason = "[simulated] a rule, not an opinion";

    /// <param name="system">The instructions, which say what form the reply has.</param>
    /// <param name="material">The blocks to be judged.</param>
    public static string Reply(string system, string material)
    {
        string[] answers = [.. Blocks(material, "ANSWER")];
        var axes = Axes().Matches(system).Select(m => m.Groups[1].Value).ToArray();
        if (system.Contains("\nVERDICT: ", StringComparison.Ordinal)) return $"{Reason}\nVERDICT: {Winner(answers)}";
        if (system.Contains("\"winner\"", StringComparison.Ordinal)) return Json(("reason", Reason), ("winner", Winner(answers)));
        if (system.Contains("\"items\"", StringComparison.Ordinal)) return Json(("items", Items(system, material, answers)));
        if (system.Contains("\nSCORES: ", StringComparison.Ordinal)) return $"{Reason}\nSCORES: {string.Join(", ", axes.Select(a => $"{a}={Score(a, answers)}"))}";
        var scores = axes.ToDictionary(a => a, a => Score(a, answers));
        if (!system.Contains("\"turns\"", StringComparison.Ordinal)) return Json(("reason", Reason), ("scores", scores));
        var turns = Turns().Count(material) + 1;
        return Json(("reason", Reason), ("turns", Enumerable.Range(1, turns).Select(turn => new Dictionary<string, object> { ["turn"] = turn, ["scores"] = scores })));
    }

    private static int Score(string axis, string[] answers) => SimulatedScript.Score(axis, answers.FirstOrDefault() ?? "");

    private static string Winner(string[] answers)
    {
        if (answers.Length < 2) return "TIE";
        var (a, b) = (SimulatedScript.Total(answers[0]), SimulatedScript.Total(answers[1]));
        return a > b ? "A" : b > a ? "B" : "TIE";
    }

    private static List<object> Items(string system, string material, string[] answers)
    {
        object Item(string text, bool holds) => new Dictionary<string, object> { ["text"] = text, ["holds"] = holds };
        var answer = answers.FirstOrDefault() ?? string.Join(' ', Blocks(material, "REFERENCE ANSWER"));
        string[] criteria = [.. Blocks(material, "CRITERION")], documents = [.. Blocks(material, "DOCUMENT")];
        if (criteria.Length > 0) return [.. criteria.Select((c, i) => Item($"{i + 1}", Shares(c, answer)))];
        if (system.Contains("one for each document", StringComparison.Ordinal)) return [.. documents.Select((d, i) => Item($"{i + 1}", true))];
        var source = documents.Length > 0 ? string.Join('\n', documents) : material;
        return [.. answer.Split(". ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(5).Select(s => Item(s, Shares(s, source)))];
    }

    // A word of five letters or more in common.
    private static bool Shares(string a, string b) => Words().Matches(a).Any(w => b.Contains(w.Value, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Blocks(string material, string name)
    {
        for (var start = material.IndexOf($"[BEGIN {name}", StringComparison.Ordinal); start >= 0; start = material.IndexOf($"[BEGIN {name}", start + 1, StringComparison.Ordinal))
        {
            var body = material.IndexOf('\n', start) + 1;
            var end = material.IndexOf($"\n[END {name}", body, StringComparison.Ordinal);
            if (end > 0) yield return material[body..end];
        }
    }

    private static string Json(params (string Key, object Value)[] fields) => JsonSerializer.Serialize(fields.ToDictionary(f => f.Key, f => f.Value));

    [GeneratedRegex(@"^- ([a-z0-9-]+)(?=:|\s\(|$)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Axes();

    [GeneratedRegex(@"^assistant \(turn \d+\):", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Turns();

    [GeneratedRegex(@"\p{L}{5,}", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
