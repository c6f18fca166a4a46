using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Evaluation.Suites;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Cases;

/// <summary>One case of a golden set, from any format.</summary>
internal static class CaseSection
{
    public static readonly string[] Keys = ["id", "input", "messages", "vars", "expected", "context", "criteria", "tags", "cluster", "checks"];

    /// <param name="node">A mapping.</param>
    /// <param name="number">From 1, for a case without an id.</param>
    /// <param name="columns">Key of a case to the field that holds it; fields that are neither become variables. Null: only the keys are known.</param>
    public static GoldenCase? Read(Node node, int number, Source source, CheckServices services, IReadOnlyDictionary<string, string>? columns)
    {
        if (Section.Of(columns is null ? node : Renamed(node, columns), "", source) is not { } section) return null;
        var id = section.Text("id") ?? number.ToString(CultureInfo.InvariantCulture);
        var messages = Messages(section);
        var expected = section.Has("expected") ? TextOf(section.Take("expected")!) : null;
        // OpenAI's fine-tuning format: the conversation ends with the answer that was wanted.
        if (messages is [.., { Role: "assistant" } last] && section.Has("messages"))
        {
            expected ??= last.Content;
            messages.RemoveAt(messages.Count - 1);
        }
        var variables = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        if (section.Map("vars") is { } vars)
            foreach (var entry in vars.Entries) variables[entry.Key] = NodeJson.ToElement(entry.Value);
        if (messages.Count == 0 && variables.Count == 0)
            section.Missing("input", "a text, or messages: [{ role: user, content: … }], or vars for a prompt template");
        var golden = new GoldenCase
        {
            Id = id,
            Messages = [.. messages],
            Variables = variables.ToImmutable(),
            Expected = expected,
            Context = Texts(section, "context"),
            Criteria = Texts(section, "criteria"),
            Tags = Texts(section, "tags"),
            Cluster = section.Text("cluster"),
            Checks = CheckSection.ReadAll(section, services),
            Place = string.Create(CultureInfo.InvariantCulture, $"{source.File}:{section.Line}"),
        };
        // Tools and functions of a fine-tuning row describe the recorded model, not the case.
        if (section.Has("messages")) foreach (var extra in (string[])["tools", "functions", "parallel_tool_calls"]) section.Take(extra);
        section.Finish();
        return golden;
    }

    private static List<ChatTurn> Messages(Section section)
    {
        var turns = new List<ChatTurn>();
        if (section.Has("input") && section.Has("messages")) section.Error("input-and-messages", "input", "a case has an input or messages, not both");
        if (section.Take("input") is { } input) turns.Add(new ChatTurn("user", TextOf(input)));
        foreach (var (node, path) in section.List("messages"))
        {
            if (Section.Of(node, path, section.Source) is not { } turn) continue;
            var role = turn.RequiredText("role") ?? "user";
            if (role is not ("system" or "developer" or "user" or "assistant" or "tool"))
                turn.Error("role", "role", $"'{role}' is not a role", Suggestions.Hint(role, ["system", "user", "assistant", "tool"]) ?? "system, user, assistant or tool");
            turns.Add(new ChatTurn(role, turn.Take("content") is { } content ? TextOf(content) : ""));
        }
        return turns;
    }

    /// <summary>A text; content parts are joined, other values written as JSON.</summary>
    public static string TextOf(Node node)
    {
        if (node is ScalarNode scalar) return scalar.Value;
        if (node is SequenceNode { Items: var parts } && parts.All(p => p is MappingNode m && m["text"] is ScalarNode))
        {
            var text = new StringBuilder();
            foreach (var part in parts) text.Append(((ScalarNode)((MappingNode)part)["text"]!).Value);
            return text.ToString();
        }
        return NodeJson.ToElement(node).GetRawText();
    }

    private static ImmutableArray<string> Texts(Section section, string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, path) in section.List(key, orOne: true))
        {
            if (node is MappingNode document && document["text"] is ScalarNode { Value: var text }) texts.Add(text);
            else if (Section.Text(node, path, section.Source) is { } plain && plain.Length > 0) texts.Add(plain);
        }
        return texts.ToImmutable();
    }

    private static Node Renamed(Node node, IReadOnlyDictionary<string, string> columns)
    {
        if (node is not MappingNode mapping) return node;
        var entries = new List<MappingEntry>();
        var variables = new List<MappingEntry>();
        var byField = columns.ToLookup(c => c.Value, c => c.Key, StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            var keys = byField[entry.Key].ToList();
            foreach (var key in keys) entries.Add(entry with { Key = key });
            if (keys.Count > 0) continue;
            if (Keys.Contains(entry.Key) && !columns.ContainsKey(entry.Key)) entries.Add(entry);
            else if (entry.Value is not ScalarNode { IsNull: true }) variables.Add(entry);
        }
        if (variables.Count > 0 && !entries.Exists(e => e.Key == "vars")) entries.Add(new MappingEntry("vars", mapping.Line, new MappingNode(variables, mapping.Line)));
        return new MappingNode(entries, mapping.Line);
    }
}
