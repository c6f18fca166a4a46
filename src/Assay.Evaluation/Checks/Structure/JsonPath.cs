using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>A path into JSON: of RFC 9535 the root, names, indexes (from the end where negative), wildcards and descent. No filters, slices or unions.</summary>
internal sealed class JsonPath
{
    /// <summary>A step: a name, an index or, with neither, every child. Deep: from the node and everything below it.</summary>
    private readonly record struct Step(string? Name, int? Index, bool IsDeep);

    private readonly ImmutableArray<Step> steps;

    private JsonPath(ImmutableArray<Step> steps) => this.steps = steps;

    /// <summary>Reads "$.order.items[0]['unit price']", "$..id", "$.items[*].id".</summary>
    public static JsonPath? Parse(string text, out string? problem)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        problem = text.StartsWith('$') ? null : "a path starts with $";
        for (var i = 1; i < text.Length && problem is null;)
        {
            var isDeep = text.AsSpan(i).StartsWith("..");
            if (isDeep) i += 2;
            else if (text[i] == '.') i++;
            else if (text[i] != '[') problem = $"at {i}: a dot or a bracket should stand there, not '{text[i]}'";
            if (problem is not null) break;
            if (i == text.Length) problem = "it ends in a dot";
            else if (text[i] == '[') problem = Bracket(text, ref i, isDeep, steps);
            else if (text[i] != '*') problem = Name(text, ref i, isDeep, steps);
            else
            {
                steps.Add(new Step(null, null, isDeep));
                i++;
            }
        }
        return problem is null ? new JsonPath(steps.ToImmutable()) : null;
    }

    /// <summary>The values there; empty when there are none.</summary>
    public ImmutableArray<JsonElement> Find(JsonElement root)
    {
        List<JsonElement> nodes = [root];
        foreach (var step in steps)
        {
            var next = new List<JsonElement>();
            foreach (var node in nodes)
                foreach (var start in step.IsDeep ? SelfAndBelow(node) : [node]) next.AddRange(Children(start, step));
            nodes = next;
        }
        return [.. nodes];
    }

    private static string? Bracket(string text, ref int i, bool isDeep, ImmutableArray<Step>.Builder steps)
    {
        var at = ++i;
        if (i < text.Length && text[i] is '\'' or '"')
        {
            var (quote, name) = (text[i++], new StringBuilder());
            while (i < text.Length && text[i] != quote)
            {
                if (text[i] == '\\' && i + 1 < text.Length) i++;
                name.Append(text[i++]);
            }
            if (++i >= text.Length || text[i] != ']') return $"at {at}: the quote or the bracket is not closed";
            i++;
            steps.Add(new Step(name.ToString(), null, isDeep));
            return null;
        }
        var end = text.IndexOf(']', i);
        if (end < 0) return $"at {at}: the bracket is not closed";
        var inside = text[i..end].Trim();
        i = end + 1;
        if (inside == "*") steps.Add(new Step(null, null, isDeep));
        else if (int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) steps.Add(new Step(null, index, isDeep));
        else return $"at {at}: '[{inside}]' is not supported; an index, '*' or a quoted name may stand there";
        return null;
    }

    private static string? Name(string text, ref int i, bool isDeep, ImmutableArray<Step>.Builder steps)
    {
        var start = i;
        while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-' or '$')) i++;
        if (i == start) return $"at {i}: a name should stand there, not '{text[i]}'; write unusual names as ['…']";
        steps.Add(new Step(text[start..i], null, isDeep));
        return null;
    }

    private static IEnumerable<JsonElement> Children(JsonElement node, Step step)
    {
        if (step.Name is { } name) return node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) ? [value] : [];
        if (step.Index is { } index)
        {
            if (node.ValueKind != JsonValueKind.Array) return [];
            var length = node.GetArrayLength();
            if (index < 0) index += length;
            return index >= 0 && index < length ? [node[index]] : [];
        }
        return Below(node);
    }

    private static IEnumerable<JsonElement> Below(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().Select(p => p.Value),
        JsonValueKind.Array => node.EnumerateArray(),
        _ => [],
    };

    private static IEnumerable<JsonElement> SelfAndBelow(JsonElement node) => Below(node).SelectMany(SelfAndBelow).Prepend(node);
}
