using System.Text.Json;
using Assay.Testing;

namespace Assay.Statistics.Tests.Reference;

/// <summary>Cases of <c>oracles/statistics.json</c>, and comparisons that say what was expected.</summary>
internal static class Oracle
{
    public static IReadOnlyList<OracleCase> Cases(string method)
    {
        using var file = File.OpenRead(SharedData.Require("oracles/statistics.json"));
        var cases = JsonSerializer.Deserialize<JsonElement[]>(file)!
            .Where(c => c.GetProperty("method").GetString() == method)
            .Select(c => new OracleCase(c.GetProperty("input"), c.GetProperty("expected"), c.GetProperty("tolerance").GetDouble()))
            .ToList();
        Assert.NotEmpty(cases);
        return cases;
    }

    public static JsonElement GrowthBook()
    {
        using var file = File.OpenRead(SharedData.Require("oracles/gbstats_expected.json"));
        return JsonSerializer.Deserialize<JsonElement>(file);
    }

    public static double[] Numbers(this JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(x => x.GetDouble())];

    public static long[] Counts(this JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(x => x.GetInt64())];

    public static double Number(this JsonElement element, string key) => element.GetProperty(key).GetDouble();

    public static long Count(this JsonElement element, string key) => element.GetProperty(key).GetInt64();

    public static double NumberOr(this JsonElement element, string key, double otherwise) =>
        element.TryGetProperty(key, out var value) ? value.GetDouble() : otherwise;

    /// <summary>Equal within a relative tolerance.</summary>
    public static void Near(double expected, double actual, double relative, string? what = null) => Assert.True(
        Math.Abs(actual - expected) <= relative * Math.Abs(expected),
        FormattableString.Invariant($"{what}: expected {expected:R}, but was {actual:R} (relative tolerance {relative:R})"));

    /// <summary>Equal after rounding to so many decimals, half a unit more for the rounding of the expected number.</summary>
    public static void Rounded(double expected, double actual, int decimals, string? what = null) => Assert.True(
        Math.Abs(actual - expected) <= 0.5000001 * Math.Pow(10, -decimals),
        FormattableString.Invariant($"{what}: expected {expected:R}, but was {actual:R} ({decimals} decimals)"));
}

internal sealed record OracleCase(JsonElement Input, JsonElement Expected, double Tolerance)
{
    public void Check(string key, double actual) => Oracle.Near(Expected.Number(key), actual, Tolerance, key);

    public void Check(string key, double[] actual)
    {
        var expected = Expected.Numbers(key);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Oracle.Near(expected[i], actual[i], Tolerance, $"{key}[{i}]");
    }
}
