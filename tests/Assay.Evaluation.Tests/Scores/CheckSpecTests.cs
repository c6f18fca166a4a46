using System.Text.Json;

namespace Assay.Evaluation.Tests.Scores;

public sealed class CheckSpecTests
{
    [Theory]
    [InlineData(false, null, "contains")]
    [InlineData(true, null, "not-contains")]
    [InlineData(true, "policy", "policy")]
    public void MetricName_OfDeclaredCheck_IsAsWritten(bool isNegated, string? metric, string expected)
    {
        var spec = new CheckSpec { Type = "contains", IsNegated = isNegated, Metric = metric, Arguments = JsonElement.Parse("{}") };
        Assert.Equal(expected, spec.MetricName);
    }
}
