using System.Collections.Immutable;
using System.Text.Json;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Checks;

/// <summary>Reads the arguments of one declared check; collects every problem instead of stopping at the first.</summary>
internal sealed class CheckArguments
{
    private readonly CheckKind kind;
    private readonly Dictionary<string, JsonElement> given = [];
    private readonly List<CheckProblem> problems = [];

    public CheckArguments(CheckSpec spec, CheckKind kind)
    {
        this.kind = kind;
        if (spec.Arguments.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new CheckProblem(null, $"the arguments of {kind.Name} are {Describe(spec.Arguments)}", $"write them as an object: {{ type: {kind.Name}, … }}"));
            return;
        }
        foreach (var property in spec.Arguments.EnumerateObject())
        {
            // A null is an argument left out, as YAML writes `value:`; only in what is compared with is null a value.
            if (property.Value.ValueKind != JsonValueKind.Null) given[property.Name] = property.Value;
            if (Declared(property.Name)) continue;
            var names = kind.Arguments.Select(a => a.Name).ToArray();
            problems.Add(new CheckProblem(property.Name, $"{kind.Name} has no argument '{property.Name}'",
                Suggestions.Hint(property.Name, names) ?? (names.Length == 0 ? "it takes none" : $"it takes {string.Join(", ", names)}")));
        }
        foreach (var argument in kind.Arguments)
            if (argument.IsRequired && !given.ContainsKey(argument.Name))
                problems.Add(new CheckProblem(argument.Name, $"{kind.Name} needs '{argument.Name}'", $"{argument.Form}: {argument.Meaning}"));
    }

    public bool HasProblems => problems.Count > 0;
    public ImmutableArray<CheckProblem> Problems => [.. problems];

    public JsonElement? Element(string name)
    {
        // Reading what the kind does not declare would let the documents and the program drift apart.
        if (!Declared(name)) throw new InvalidOperationException($"{kind.Name} does not declare '{name}'");
        return given.TryGetValue(name, out var element) ? element : null;
    }

    public bool Has(string name) => given.ContainsKey(name);

    public void Problem(string? argument, string message, string? hint = null) => problems.Add(new CheckProblem(argument, message, hint));

    public string? Text(string name)
    {
        if (Element(name) is not { } element) return null;
        if (element.ValueKind == JsonValueKind.String) return element.GetString();
        return Wrong<string>(name, element, "a text");
    }

    public bool Flag(string name, bool otherwise = false)
    {
        if (Element(name) is not { } element) return otherwise;
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean();
        Wrong<string>(name, element, "true or false");
        return otherwise;
    }

    /// <summary>A finite number within [low, high].</summary>
    public double? Number(string name, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
    {
        if (Element(name) is not { } element) return null;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number) && number >= low && number <= high) return number;
        Wrong<string>(name, element, "a number" + Range(low, high));
        return null;
    }

    /// <summary>A whole number within [low, high].</summary>
    public int? Count(string name, int low = 0, int high = int.MaxValue)
    {
        if (Element(name) is not { } element) return null;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number >= low && number <= high) return number;
        Wrong<string>(name, element, "a whole number" + Range(low, high == int.MaxValue ? double.PositiveInfinity : high));
        return null;
    }

    public string Choice(string name, string otherwise, params ReadOnlySpan<string> choices)
    {
        if (Element(name) is not { } element) return otherwise;
        string[] all = [.. choices];
        if (element.ValueKind == JsonValueKind.String && all.Contains(element.GetString(), StringComparer.Ordinal)) return element.GetString()!;
        problems.Add(new CheckProblem(name, $"'{name}' of {kind.Name} is {Describe(element)}",
            (element.ValueKind == JsonValueKind.String ? Suggestions.Hint(element.GetString()!, all) : null) ?? $"write one of {string.Join(", ", all)}"));
        return otherwise;
    }

    /// <summary>One text or a list of texts; null when it is left out or wrong.</summary>
    public ImmutableArray<string>? Texts(string name)
    {
        if (Element(name) is not { } element) return null;
        if (element.ValueKind == JsonValueKind.String) return [element.GetString()!];
        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 && element.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
            return [.. element.EnumerateArray().Select(e => e.GetString()!)];
        Wrong<string>(name, element, "a text or a list of texts with at least one");
        return null;
    }

    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => element.GetArrayLength() == 0 ? "an empty list" : "a list",
        JsonValueKind.String => $"'{element.GetString()}'",
        JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
        _ => element.GetRawText(),
    };

    private bool Declared(string name) => kind.Arguments.Any(a => a.Name == name);

    private T? Wrong<T>(string name, JsonElement element, string wanted) where T : class
    {
        problems.Add(new CheckProblem(name, $"'{name}' of {kind.Name} is {Describe(element)}", $"write {wanted}"));
        return null;
    }

    private static string Range(double low, double high) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        (true, true) => FormattableString.Invariant($" from {low} to {high}"),
        (true, false) => FormattableString.Invariant($" of at least {low}"),
        (false, true) => FormattableString.Invariant($" of at most {high}"),
        _ => "",
    };
}
