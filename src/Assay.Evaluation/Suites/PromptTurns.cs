using System.Collections.Immutable;
using Assay.Evaluation.Cases;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>Prompt templates: a text is one user turn; a list (YAML, or a text that is a JSON list) is a conversation.</summary>
internal static class PromptTurns
{
    public static ImmutableArray<ChatTurn> Read(SequenceNode list, string path, Source source)
    {
        var turns = ImmutableArray.CreateBuilder<ChatTurn>();
        foreach (var node in list.Items)
        {
            if (Section.Of(node, path, source) is not { } turn) continue;
            var role = turn.RequiredText("role");
            var content = turn.Take("content") is { } value ? CaseSection.TextOf(value) : "";
            turn.Finish();
            if (role is not null) turns.Add(new ChatTurn(role, content));
        }
        return turns.ToImmutable();
    }

    public static ImmutableArray<ChatTurn> ReadFile(string file, int line, string path, Source source) =>
        source.ReadReferenced(file, line, path, out var name) is { } text ? OfText(text, path, source with { File = name }) : [];

    public static ImmutableArray<ChatTurn> OfText(string text, string path, Source source)
    {
        if (text.AsSpan().TrimStart().StartsWith("[") && JsonNodes.Read(text, source with { Problems = new ProblemList() }, out _) is SequenceNode list
            && list.Items.All(i => i is MappingNode m && m["role"] is not null)) return Read(list, path, source);
        return [new ChatTurn("user", text.Trim())];
    }
}
