using System.Text.Json;
using Assay.Experiments.Reading;

namespace Assay.Cli.Stats;

/// <summary>The input of one method; every refusal names the field.</summary>
public sealed class StatsInput
{
    private readonly JsonElement _input;
    private readonly string _path;
    private readonly List<string> _asked = [];
    private readonly List<StatsInput> _parts = [];

    /// <exception cref="UsageException">It is not a JSON object.</exception>
    public StatsInput(JsonElement input)
        : this(input, "")
    {
    }

    private StatsInput(JsonElement input, string path)
    {
        if (input.ValueKind != JsonValueKind.Object) throw new UsageException($"{(path.Length == 0 ? "the input" : path + ":")} must be a JSON object, not {Kind(input)}");
        (_input, _path) = (input, path.Length == 0 ? "" : path + ".");
    }

    /// <summary>Refused here already, so that no method can forget to.</summary>
    public double Alpha => NumberOr("alpha", 0.05) is > 0 and < 1 and var alpha ? alpha : throw new UsageException("alpha: must lie strictly between 0 and 1");

    public bool Has(string field)
    {
        _asked.Add(field);
        return _input.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    public bool HasObject(string field) => Has(field) && _input.GetProperty(field).ValueKind == JsonValueKind.Object;

    /// <summary>An object within the input, read by the same rules.</summary>
    public StatsInput Part(string field) => Keep(new(Required(field, "an object"), _path + field));

    /// <summary>The objects of an array.</summary>
    public StatsInput[] Parts(string field) => Elements(field, (element, name) => Keep(new(element, name)));

    /// <summary>What the row of a report says beside its arguments: allowed, and without a meaning here.</summary>
    public void Ignore(params ReadOnlySpan<string> fields) => _asked.AddRange(fields);

    public double Number(string field) => AsNumber(Required(field, "a number"), _path + field);

    public double NumberOr(string field, double otherwise) => Has(field) ? Number(field) : otherwise;

    public long Count(string field) => AsCount(Required(field, "a whole number"), _path + field);

    public bool FlagOr(string field, bool otherwise) => !Has(field) ? otherwise : _input.GetProperty(field).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new UsageException($"{field}: must be true or false, not {Kind(_input.GetProperty(field))}"),
    };

    public string TextOr(string field, string otherwise, params ReadOnlySpan<string> allowed)
    {
        if (!Has(field)) return otherwise;
        var value = _input.GetProperty(field);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new UsageException($"{field}: must be text, not {Kind(value)}");
        return allowed.Contains(text) ? text
            : throw new UsageException($"{field}: '{text}' is not one of {string.Join(", ", allowed!)}", Suggestions.Hint(text, allowed.ToArray()));
    }

    public double[] Numbers(string field) => Elements(field, AsNumber);

    public long[] Counts(string field) => Elements(field, AsCount);

    /// <summary>Numbers, or "inf" for an event that failed and so never ended.</summary>
    public double[] NumbersOrFailures(string field) => Elements(field, (element, name) =>
        element.ValueKind == JsonValueKind.String && element.GetString() == "inf" ? double.PositiveInfinity : AsNumber(element, name));

    /// <summary>Numbers, or null where there is none.</summary>
    public double?[] NumbersOrMissing(string field) =>
        Elements(field, (element, name) => element.ValueKind == JsonValueKind.Null ? (double?)null : AsNumber(element, name));

    /// <summary>An array of arrays of numbers, or null where there is none.</summary>
    public double?[][] Rows(string field) => Elements(field, (row, name) => row.ValueKind != JsonValueKind.Array
        ? throw new UsageException($"{name}: must be an array, not {Kind(row)}")
        : row.EnumerateArray().Select((element, i) => element.ValueKind == JsonValueKind.Null ? (double?)null : AsNumber(element, $"{name}[{i}]")).ToArray());

    /// <summary>Names: texts, or numbers as they are written.</summary>
    public string[] Names(string field) => Elements(field, (element, name) =>
        element.ValueKind is JsonValueKind.String or JsonValueKind.Number ? element.ToString() : throw new UsageException($"{name}: must be text or a number, not {Kind(element)}"));

    /// <summary>A positive number for each of the names, from an object; null when there is none.</summary>
    public double[]? NumbersByName(string field, IReadOnlyList<string> names)
    {
        if (!Has(field)) return null;
        var value = Required(field, "an object");
        if (value.ValueKind != JsonValueKind.Object) throw new UsageException($"{field}: must be an object, not {Kind(value)}");
        foreach (var property in value.EnumerateObject())
            if (!names.Contains(property.Name)) throw new UsageException($"{field}: '{property.Name}' does not occur", Suggestions.Hint(property.Name, names) ?? $"there are {string.Join(", ", names)}");
        return [.. names.Select(n => value.TryGetProperty(n, out var number)
            ? AsNumber(number, $"{field}.{n}") is > 0 and var positive ? positive : throw new UsageException($"{field}.{n}: must be positive")
            : throw new UsageException($"{field}: says nothing of '{n}'"))];
    }

    /// <summary>Ids of any kind, as numbers that are equal for equal ids.</summary>
    public long[] Ids(string field)
    {
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        return Elements(field, (element, name) =>
        {
            if (element.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)) throw new UsageException($"{name}: must be text or a number, not {Kind(element)}");
            return known.TryAdd(element.ToString(), known.Count) ? known.Count - 1 : known[element.ToString()];
        });
    }

    /// <summary>Refuses fields that the method never asked for: a misspelt optional one would silently take its default.</summary>
    public void RefuseUnknown()
    {
        foreach (var property in _input.EnumerateObject())
            if (!_asked.Contains(property.Name))
                throw new UsageException($"unknown field '{_path}{property.Name}'", property.Name is "look" or "hybrid"
                    ? "it says how looks or limits made a report's row: docs/report.md; without it the answer is that of a fixed horizon"
                    : Suggestions.Hint(property.Name, _asked) ?? $"there are {string.Join(", ", _asked.Distinct())}");
        foreach (var part in _parts) part.RefuseUnknown();
    }

    private StatsInput Keep(StatsInput part)
    {
        _parts.Add(part);
        return part;
    }

    private T[] Elements<T>(string field, Func<JsonElement, string, T> read)
    {
        var value = Required(field, "an array");
        if (value.ValueKind != JsonValueKind.Array) throw new UsageException($"{_path}{field}: must be an array, not {Kind(value)}");
        var result = new T[value.GetArrayLength()];
        var i = 0;
        foreach (var element in value.EnumerateArray())
        {
            result[i] = read(element, $"{_path}{field}[{i}]");
            i++;
        }
        return result;
    }

    private JsonElement Required(string field, string what)
    {
        if (Has(field)) return _input.GetProperty(field);
        var near = Suggestions.Nearest(field, _input.EnumerateObject().Select(p => p.Name).Except(_asked));
        throw new UsageException($"the field '{_path}{field}' is missing ({what})", near is null ? null : $"'{near}' is there: a misspelling?");
    }

    private static double AsNumber(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Number) throw new UsageException($"{name}: must be a number, not {Kind(element)}");
        return element.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw new UsageException($"{name}: {element.GetRawText()} is too large");
    }

    private static long AsCount(JsonElement element, string name)
    {
        var number = AsNumber(element, name);
        if (number != Math.Floor(number) || Math.Abs(number) > 1L << 53) throw new UsageException($"{name}: must be a whole number, not {element.GetRawText()}");
        return number >= 0 ? (long)number : throw new UsageException($"{name}: must not be negative, but is {element.GetRawText()}");
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => $"the text \"{element.GetString()}\"",
        JsonValueKind.Null => "null",
        _ => element.GetRawText(),
    };
}
