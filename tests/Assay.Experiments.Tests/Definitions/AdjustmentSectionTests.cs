namespace Assay.Experiments.Tests.Definitions;

public sealed class AdjustmentSectionTests
{
    private static Experiment Read(string plan)
    {
        var read = DefinitionReader.ReadText($$"""
            key: exp
            unit: user
            variants: [{ key: control }, { key: treatment }]
            metrics: { primary: csat }
            plan: { {{plan}} }
            """);
        Assert.True(read.Definitions is not null, string.Join('\n', read.Errors));
        return read.Definitions.Experiments[0];
    }

    [Theory]
    [InlineData("covariate: [{ attribute: past }, { metric: resolution_rate, before: 14d }], theta: total")]
    [InlineData("covariate: { metric: resolution_rate, before: 14d }")]
    [InlineData("strata: [plan, country]")]
    public void ToJson_CovariatesAndStrata_ReadBackWithTheSameHash(string plan)
    {
        var experiment = Read(plan);
        var again = DefinitionReader.ReadText(DefinitionWriter.ToJson(experiment)).Definitions!.Experiments[0];
        Assert.Equal(experiment.DefinitionHash, again.DefinitionHash);
        Assert.Equal(experiment.Plan.Covariates.Select(c => (c.Name, c.Definition?.Name)), again.Plan.Covariates.Select(c => (c.Name, c.Definition?.Name)));
        Assert.Equal(experiment.Plan.Theta, again.Plan.Theta);
        Assert.Equal(experiment.Plan.Strata, again.Plan.Strata);
        Assert.NotEqual(Read("alpha: 0.05").DefinitionHash, experiment.DefinitionHash);
    }

    [Theory]
    [InlineData("covariate: { attribute: past }", "covariate: [{ attribute: past }], theta: within-arm", true)]
    [InlineData("strata: plan", "strata: [plan]", true)]
    [InlineData("covariate: { attribute: past }", "covariate: { attribute: past }, theta: total", false)]
    [InlineData("strata: [plan, country]", "strata: [plan]", false)]
    public void DefinitionHash_SameMeaning_IsTheSame(string one, string other, bool same) =>
        Assert.Equal(same, Read(one).DefinitionHash == Read(other).DefinitionHash);

    [Fact]
    public void Theta_WithoutCovariate_IsWarnedAbout()
    {
        var read = DefinitionReader.ReadText("key: exp\nvariants: [{ key: control }, { key: treatment }]\nmetrics: { primary: csat }\nplan: { theta: total }");
        Assert.Contains(read.Problems, p => p.Code == "plan-theta");
    }
}
