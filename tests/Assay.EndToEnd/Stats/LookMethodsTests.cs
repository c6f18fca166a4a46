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
