using System.Globalization;
using System.Text.Json;

namespace Assay.Cli.Records;

/// <summary>One row of a CSV file or one object of a JSON Lines file; every refusal names file, line and field.</summary>
internal sealed class Record(string place, IReadOnlyDictionary<string, int>? header, List<string>? fields, JsonElement json)
{
    /// <summary>"file:line".</summary>
    public string Place => place;

    public IEnumerable<string> Names => header?.Keys ?? json.EnumerateObject().Select(p => p.Name);

    /// <summary>True when the field is there and not empty.</summary>
    public bool Has(string name) => header is null
        ? json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        : header.TryGetValue(name, out var index) && index < fields!.Count && fields[index].Length > 0;

    public string Text(string name)
    {
        if (!Has(name)) throw Wrong(name, "is missing");
        if (header is not null) return fields![header[name]];
        var value = json.GetProperty(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw Wrong(name, $"must be text or a number, not {value.GetRawText()}"),
        };
    }

    /// <summary>A finite number; true and false are 1 and 0.</summary>
    public double Number(string name)
    {
        var text = Text(name).Trim();
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase)) return 1;
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase)) return 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : throw Wrong(name, $"'{text}' is not a number");
    }

    /// <summary>A list: a JSON array, or in CSV values set apart by spaces, commas, semicolons or bars. Empty when the field is empty. Numbers are told from texts.</summary>
    public IReadOnlyList<(string Text, bool IsNumber)> List(string name)
    {
        if (header is not null)
        {
            if (!header.ContainsKey(name)) throw Wrong(name, "is missing");
            if (!Has(name)) return [];
            return [.. Text(name).Split([' ', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(part => (part, double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))];
        }
        if (!json.TryGetProperty(name, out var value)) throw Wrong(name, "is missing");
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, $"must be an array, not {value.GetRawText()}");
        return [.. value.EnumerateArray().Select(element => element.ValueKind switch
        {
            JsonValueKind.String => (element.GetString()!, false),
            JsonValueKind.Number => (element.GetRawText(), true),
            _ => throw Wrong(name, $"holds {element.GetRawText()}: must hold texts or numbers"),
        })];
    }

    public UsageException Wrong(string name, string what) => new($"{place}: {name}: {what}");
}
