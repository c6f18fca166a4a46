using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

/// <summary>What <c>assay stats</c> says of one look: the sequential p-value.</summary>
public sealed class LookMethodsTests
{
    [Fact]
    public void SequentialPValue_AtTheBound_IsTheAlpha()
    {
        var bounds = Run("group-sequential", """{"looks": [0.25, 0.5, 0.75, 1], "spending": "pocock"}""");
        var z = ((double)bounds["criticalValues"]![1]!).ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal(0.05, (double)Run("sequential-p-value", $$"""{"looks": [0.25, 0.5], "spending": "pocock", "z": {{z}}}""")["pValue"]!, 1e-8);
    }

    [Theory]
    [InlineData(3, 2.6, true, null)]
    [InlineData(3, -2.6, true, null)]
    [InlineData(3, 2, false, "goes on")]
    [InlineData(4, 1.5, false, "last look")]
    public void Result_OfAZ_SaysWhetherItCrossed(int look, double z, bool crossed, string? note)
    {
        var result = Run("group-sequential-result", string.Create(CultureInfo.InvariantCulture, $$"""{"looks": [0.25, 0.5, 0.75, 1], "stoppedAtLook": {{look}}, "z": {{z}}}"""));
        Assert.Equal(crossed, (bool)result["crossed"]!);
        Assert.Equal(crossed, Math.Abs(z) >= (double)result["criticalValue"]!);
        if (note is null) Assert.Null(result["note"]);
        else Assert.Contains(note, (string?)result["note"], StringComparison.Ordinal);
    }

    [Fact]
    public void Result_AtTheNewestLookOfMore_IsNoneYet() => Assert.Contains("goes on",
        (string?)Run("group-sequential-result", """{"looks": [0.25, 0.5], "final": false, "stoppedAtLook": 2, "z": 1.5}""")["note"], StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"looks": [0.25, 0.5]}""", true, "\"final\": false")]
    [InlineData("""{"looks": [0.25, 0.5], "final": false}""", false, null)]
    [InlineData("""{"looks": [0.5, 1]}""", true, null)]
    [InlineData("""{"looks": [0.25, 0.5], "spending": "classical-pocock"}""", true, "0.5, is taken as final")]
    [InlineData("""{"looks": [0.25, 0.5], "criticalValues": [3, 2]}""", true, null)]
    public void Design_LastLookBelowOne_SaysThatItIsFinal(string input, bool final, string? note)
    {
        var result = Run("group-sequential", input);
        Assert.Equal(final, (bool)result["final"]!);
        if (note is null) Assert.Null(result["note"]);
        else Assert.Contains(note, (string?)result["note"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group-sequential", """{"looks": [0.25, 0.5], "spending": "classical-pocock", "final": false}""", "final")]
    [InlineData("sequential-p-value", """{"looks": [0.5, 0.25], "z": 2}""", "looks")]
    [InlineData("sequential-p-value", """{"looks": [0.5, 1]}""", "'z' is missing")]
    public void Run_BadInput_IsRefusedAndNamesTheField(string method, string input, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => Run(method, input)).Message, StringComparison.Ordinal);

    private static JsonObject Run(string method, string input)
    {
        using var document = JsonDocument.Parse(input);
        return StatsMethods.Run(method, document.RootElement);
    }
}
