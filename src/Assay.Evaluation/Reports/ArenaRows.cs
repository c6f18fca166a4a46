using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Evaluation;

/// <summary>A run's answers and scores as rows: JSON lines for programs, CSV for tables of other tools (docs/concepts/arena.md names the columns).</summary>
public static class ArenaRows
{
    /// <summary>One line per answer, with its scores.</summary>
    public static IEnumerable<string> Answers(ArenaRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var scores = run.Scores.ToLookup(s => (s.Variant, s.Case, s.Repeat));
        var cases = run.Plan.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal);
        foreach (var answer in run.Answers)
        {
            var golden = cases[answer.Case];
            yield return new JsonObject
            {
                ["variant"] = answer.Variant,
                ["case"] = answer.Case,
                ["repeat"] = answer.Repeat,
                ["tags"] = Texts(golden.Tags),
                ["messages"] = SuiteHash.Turns(answer.Asked),
                ["expected"] = golden.Expected,
                ["context"] = Texts(answer.Answer is { Context.IsEmpty: false } own ? own.Context : golden.Context),
                ["answer"] = answer.Answer is { } given ? AnswerJson.Write(given) : null,
                ["failure"] = answer.Failure?.ToString(),
                ["detail"] = answer.Detail,
                ["scores"] = new JsonArray([.. scores[(answer.Variant, answer.Case, answer.Repeat)].Where(s => !SuiteMetrics.Measured.Contains(s.Metric)).Select(Of)]),
            }.ToJsonString();
        }
    }

    /// <summary>One line per verdict of a pairwise judge.</summary>
    public static IEnumerable<string> Verdicts(ArenaRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Verdicts.Select(v => new JsonObject
        {
            ["case"] = v.Case,
            ["repeat"] = v.Repeat,
            ["metric"] = v.Metric,
            ["a"] = v.A,
            ["b"] = v.B,
            ["winner"] = v.TreatmentScore switch { 1 => "B", 0 => "A", null => null, _ => "TIE" },
            ["shownFirst"] = v.ShownFirst,
            ["judge"] = v.Judge,
            ["judgeHash"] = v.JudgeHash,
            ["judgeRepeat"] = v.JudgeRepeat,
            ["lengthA"] = v.LengthA,
            ["lengthB"] = v.LengthB,
            ["status"] = v.Status.ToString().ToLowerInvariant(),
            ["reason"] = v.Reason,
        }.ToJsonString());
    }

    /// <summary>One row per answer; a column per metric.</summary>
    public static IEnumerable<string> Csv(ArenaRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var metrics = run.Scores.Select(s => s.Metric).Distinct(StringComparer.Ordinal).Where(m => !SuiteMetrics.Measured.Contains(m)).ToList();
        string[] fixedColumns = ["variant", "case", "repeat", "input", "actual_output", "expected_output", "context", "model", "served_model", "latency_ms", "ttft_ms", "input_tokens", "output_tokens", "cost_usd", "tags", "failure"];
        yield return string.Join(',', fixedColumns.Concat(metrics).Select(Field));
        var scores = run.Scores.ToLookup(s => (s.Variant, s.Case, s.Repeat));
        var cases = run.Plan.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal);
        foreach (var row in run.Answers)
        {
            var (golden, answer) = (cases[row.Case], row.Answer);
            var own = scores[(row.Variant, row.Case, row.Repeat)].Where(s => s.Value is not null).GroupBy(s => s.Metric, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Average(s => s.Value!.Value), StringComparer.Ordinal);
            string?[] values =
            [
                row.Variant, row.Case, row.Repeat.ToString(CultureInfo.InvariantCulture), row.Asked.LastOrDefault(t => t.Role == "user")?.Content ?? golden.Input, answer?.Text, golden.Expected,
                Texts(answer is { Context.IsEmpty: false } ? answer.Context : golden.Context).ToJsonString(), answer?.RequestedModel, answer?.ServedModel,
                Number(answer?.LatencyMs), Number(answer?.TimeToFirstTokenMs), Number(answer?.InputTokens), Number(answer?.OutputTokens), Number(answer?.CostUsd), string.Join('|', golden.Tags), row.Failure?.ToString(),
            ];
            yield return string.Join(',', values.Concat(metrics.Select(m => own.TryGetValue(m, out var value) ? Number(value) : null)).Select(v => Field(v ?? "")));
        }
    }

    private static JsonObject Of(ScoreRow s)
    {
        var json = new JsonObject { ["metric"] = s.Metric, ["value"] = s.Value };
        if (s.Status != ScoreStatus.Scored) json["status"] = s.Status.ToString().ToLowerInvariant();
        if (s.IsBinary) json["binary"] = true;
        if (!s.HigherIsBetter) json["higherIsBetter"] = false;
        if (s.Reason is not null) json["reason"] = s.Reason;
        if (s.Judge is not null)
        {
            json["judge"] = s.Judge;
            json["judgeHash"] = s.JudgeHash;
            json["judgeRepeat"] = s.JudgeRepeat;
        }
        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string Field(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0) return text;
        return new StringBuilder(text.Length + 8).Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
    }
}
