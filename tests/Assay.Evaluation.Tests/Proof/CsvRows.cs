using System.Globalization;
using System.Text.Json;
using Assay.Testing;

namespace Assay.Evaluation.Tests.Proof;

/// <summary>Recorded data from beside the checkout.</summary>
internal static class CsvRows
{
    public static List<Dictionary<string, string>> Of(string path)
    {
        var lines = File.ReadLines(SharedData.Require("data/" + path)).Select(l => l.Split(',')).ToArray();
        return [.. lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(p => p.First, p => p.Second))];
    }

    public static JsonElement Expected(string key)
    {
        using var file = File.OpenRead(SharedData.Require("oracles/evaluation.json"));
        return JsonSerializer.Deserialize<JsonElement>(file).GetProperty(key);
    }

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
