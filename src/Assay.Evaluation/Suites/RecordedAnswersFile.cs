using System.Collections.Immutable;
using Assay.Evaluation.Cases;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>Answers recorded before, by case id; several rows of one case are its repeats, in their order.</summary>
internal static class RecordedAnswersFile
{
    private static readonly string[] TextKeys = ["output", "answer", "text", "response"];

    public static ImmutableDictionary<string, ImmutableArray<Answer>>? Read(Section variant, ICaseTables? tables)
    {
        if (variant.Text("outputs") is not { } file) return null;
        if (CaseFiles.Read(file, variant.LineOf("outputs"), variant.PathOf("outputs"), variant.Source, tables, out var source) is not { } read) return null;
        var answers = new Dictionary<string, List<Answer>>(StringComparer.Ordinal);
        foreach (var row in read.Rows)
        {
            if (Section.Of(row, "", source) is not { } section) continue;
            if (section.Text("id") is not { } id) section.Missing("id", "the id of the case that this answers");
            else if (Answer(section) is { } answer)
            {
                if (!answers.TryGetValue(id, out var list)) answers[id] = list = [];
                list.Add(answer);
            }
        }
        return answers.ToImmutableDictionary(a => a.Key, a => a.Value.ToImmutableArray(), StringComparer.Ordinal);
    }

    // A recording may hold more than is read here; its other fields are the recorder's own.
    private static Answer? Answer(Section section)
    {
        if (TextKeys.FirstOrDefault(section.Has) is not { } key)
        {
            section.Missing("output", "the recorded answer; answer, text and response are read too");
            section.Error("missing-key", "id", "this row has no answer", "give it an 'output'");
            return null;
        }
        double? Number(string name) => section.Number(name);
        return new Answer
        {
            Text = CaseSection.TextOf(section.Take(key)!),
            Context = [.. section.List("context", orOne: true).Select(c => CaseSection.TextOf(c.Node))],
            ToolCalls = [.. section.List("toolCalls").Select(t => t.Node).OfType<MappingNode>().Where(t => t["name"] is not null)
                .Select(t => new ToolCall(CaseSection.TextOf(t["name"]!), t["arguments"] is { } a ? CaseSection.TextOf(a) : "{}"))],
            LatencyMs = Number("latencyMs"),
            TimeToFirstTokenMs = Number("ttftMs"),
            InputTokens = (long?)Number("inputTokens"),
            OutputTokens = (long?)Number("outputTokens"),
            CostUsd = Number("costUsd"),
            FinishReason = section.Text("finishReason"),
            RequestedModel = section.Text("model"),
            ServedModel = section.Text("servedModel"),
        };
    }
}
