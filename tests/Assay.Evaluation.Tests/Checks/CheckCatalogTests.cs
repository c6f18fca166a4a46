namespace Assay.Evaluation.Tests.Checks;

public sealed class CheckCatalogTests
{
    [Theory]
    [InlineData("contain", "{}", "there is no check 'contain'; did you mean 'contains'?")]
    [InlineData("not-contian", """{ "value": "x" }""", "there is no check 'not-contian'; did you mean 'contains'?")]
    [InlineData("regex", "{}", "regex needs 'value'; text: the pattern")]
    [InlineData("regex", """{ "value": null }""", "regex needs 'value'; text: the pattern")]
    [InlineData("regex", """{ "value": "(" }""", "the pattern '(' is not a regular expression")]
    [InlineData("contains", """{ "value": "x", "ignorecase": true }""", "contains has no argument 'ignorecase'; did you mean 'ignoreCase'?")]
    [InlineData("contains", """{ "value": [] }""", "'value' of contains is an empty list; write a text or a list of texts with at least one")]
    [InlineData("contains", """{ "value": "x", "match": "al" }""", "'match' of contains is 'al'; did you mean 'all'?")]
    [InlineData("contains", """{ "value": "x", "ignoreCase": "yes" }""", "'ignoreCase' of contains is 'yes'; write true or false")]
    [InlineData("numeric", """{ "value": 1, "tolerance": -1 }""", "'tolerance' of numeric is -1; write a number of at least 0")]
    [InlineData("length", "{}", "length needs 'min' or 'max'")]
    [InlineData("length", """{ "min": 5, "max": 2 }""", "'min' of length is 5, above 'max', which is 2")]
    [InlineData("contains", """["policy"]""", "the arguments of contains are a list")]
    public void Create_OfWrongDeclaration_SaysWhatAndWhatToDo(string name, string arguments, string problem)
    {
        var creation = Ask.Create(name, arguments);
        Assert.Null(creation.Check);
        Assert.StartsWith(problem, Assert.Single(creation.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithSeveralMistakes_NamesThemAll()
    {
        var creation = Ask.Create("length", """{ "min": -1, "unit": "letters", "most": 3 }""");
        Assert.Equal(["min", "most", "unit"], creation.Problems.Select(p => p.Argument).Order());
    }

    [Fact]
    public void Create_WithNegativeWeight_IsAProblem() =>
        Assert.Equal("weight", Assert.Single(CheckCatalog.Create(Ask.Spec("is-json") with { Weight = -1 }, new CheckServices()).Problems).Argument);

    [Fact]
    public void Create_OfGoodDeclaration_CarriesNameAndWeight()
    {
        var creation = CheckCatalog.Create(Ask.Spec("not-contains", """{ "value": "x" }""") with { Weight = 2 }, new CheckServices());
        Assert.Equal(("not-contains", 2.0, "contains"), (creation.Check!.Metric, creation.Check.Weight, creation.Kind!.Name));
    }

    [Fact]
    public async Task Score_WhenARuleThrows_IsAnErrorThatNamesTheCheck()
    {
        var broken = new Answer { Text = null! };
        var result = await Ask.ScoreAsync("not-contains", """{ "value": "x" }""", broken);
        Assert.Equal(ScoreStatus.Error, result.Status);
        Assert.StartsWith("contains broke: ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_OfCatalog_AreDescribedAndDistinct()
    {
        Assert.Equal(CheckCatalog.Names.Length, CheckCatalog.Names.Distinct().Count());
        Assert.All(CheckCatalog.Kinds, kind =>
        {
            Assert.NotEmpty(kind.Summary);
            Assert.DoesNotContain(kind.Arguments, a => a.Name is "type" or "weight" or "metric");
        });
    }
}
