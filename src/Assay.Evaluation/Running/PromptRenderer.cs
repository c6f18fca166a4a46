using System.Collections.Immutable;
using System.Text.Json;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>The conversation that a model variant is asked for a case: templates filled, system prompt in place.</summary>
public static class PromptRenderer
{
    /// <summary>The turns, or the variable that has no value.</summary>
    public static (ImmutableArray<ChatTurn> Turns, string? MissingVariable) Render(SuiteVariant variant, GoldenCase golden)
    {
        ArgumentNullException.ThrowIfNull(variant);
        ArgumentNullException.ThrowIfNull(golden);
        string? Lookup(string name) => PromptRenderer.Lookup(variant, golden, name);
        var turns = new List<ChatTurn>();
        foreach (var turn in variant.Prompt.IsEmpty ? golden.Messages : variant.Prompt)
        {
            var filled = TemplateText.Parse(turn.Content).Render(Lookup);
            if (filled.Text is null) return ([], filled.MissingVariable);
            turns.Add(turn with { Content = filled.Text });
        }
        if (variant.Settings.System is { } system)
        {
            var filled = TemplateText.Parse(system.Text).Render(Lookup);
            if (filled.Text is null) return ([], filled.MissingVariable);
            var own = turns.FindIndex(t => t.Role is "system" or "developer");
            var text = system.Mode == SystemPromptMode.Replace || own < 0 ? filled.Text
                : system.Mode == SystemPromptMode.Prepend ? filled.Text + "\n\n" + turns[own].Content : turns[own].Content + "\n\n" + filled.Text;
            if (own < 0) turns.Insert(0, new ChatTurn("system", text));
            else turns[own] = turns[own] with { Content = text };
        }
        return ([.. turns], null);
    }

    /// <summary>Texts with their placeholders filled, or the variable that has no value.</summary>
    public static (ImmutableArray<string> Texts, string? MissingVariable) Fill(ImmutableArray<string> templates, SuiteVariant variant, GoldenCase golden)
    {
        ArgumentNullException.ThrowIfNull(variant);
        ArgumentNullException.ThrowIfNull(golden);
        var texts = ImmutableArray.CreateBuilder<string>(templates.Length);
        foreach (var template in templates)
        {
            var filled = TemplateText.Parse(template).Render(name => Lookup(variant, golden, name));
            if (filled.Text is null) return ([], filled.MissingVariable);
            texts.Add(filled.Text);
        }
        return (texts.ToImmutable(), null);
    }

    private static string? Lookup(SuiteVariant variant, GoldenCase golden, string name) => TextOf(golden.Variables, name) ?? name switch
    {
        "input" when golden.Messages.Length > 0 => golden.Input,
        "context" => string.Join("\n\n", variant.ContextOf(golden)),
        _ => null,
    };

    /// <summary>A variable as text; a path with dots goes into objects; null when it is not there.</summary>
    internal static string? TextOf(ImmutableSortedDictionary<string, JsonElement> variables, string name)
    {
        if (!variables.TryGetValue(name, out var value))
        {
            var parts = name.Split('.');
            if (parts.Length == 1 || !variables.TryGetValue(parts[0], out value)) return null;
            foreach (var part in parts.Skip(1))
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value)) return null;
        }
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => value.GetRawText(),
        };
    }
}
