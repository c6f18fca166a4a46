using System.Text.Json;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

/// <summary>Which of the two p-values of a rank test is to be read.</summary>
public sealed class RankMethodsTests
{
    [Theory]
    [InlineData("mann-whitney", """{"control": [3.1, 2.4, 4.0, 3.3], "treatment": [3.9, 3.2, 4.4, 4.1]}""", "exactPValue")]
    [InlineData("mann-whitney", """{"control": [3, 2, 4, 3], "treatment": [4, 3, 4, 5]}""", "pValue")]
    [InlineData("mann-whitney", """{"control": [3, 3], "treatment": [3, 3]}""", null)]
    [InlineData("wilcoxon", """{"control": [3.1, 2.4, 4.0, 3.3], "treatment": [3.9, 2.2, 4.45, 4.6]}""", "exactPValue")]
    [InlineData("wilcoxon", """{"control": [3, 2, 4, 3], "treatment": [4, 3, 4, 5]}""", "pValue")]
    [InlineData("wilcoxon", """{"control": [3, 3], "treatment": [3, 3]}""", null)]
    public void RankTest_TwoPValues_NamesTheOneToRead(string method, string input, string? key)
    {
        using var document = JsonDocument.Parse(input);
        var result = StatsMethods.Run(method, document.RootElement);
        Assert.Equal(key, (string?)result["recommended"]);
        Assert.NotNull(key is null ? result["reasons"]!["recommended"] : result[key]);
    }
}
