namespace Assay.Experiments.Tests.Templates;

public sealed class TemplateTextTests
{
    [Fact]
    public void Render_AllVariablesKnown_FillsThem()
    {
        var template = TemplateText.Parse("Hello {{name}}, {{ order.id }} of {{name}}{{x-y}}.");
        Assert.Equal(["name", "order.id", "x-y"], template.Names);
        Assert.Equal(new TemplateResult("Hello Zoë, 7 of Zoë!.", null), template.Render(n => n switch { "name" => "Zoë", "order.id" => "7", _ => "!" }));
    }

    [Fact]
    public void Render_VariableMissing_NamesTheFirst() =>
        Assert.Equal(new TemplateResult(null, "b"), TemplateText.Parse("{{a}} {{b}} {{c}}").Render(n => n == "a" ? "1" : null));

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("{{}} {{ }} {{a b}} { {a}} {{a} }}")]
    [InlineData("json: {\"a\":{\"b\":1}}")]
    [InlineData("open {{name")]
    public void Render_NoPlaceholder_LeavesTheTextAlone(string text)
    {
        var template = TemplateText.Parse(text);
        Assert.Empty(template.Names);
        Assert.Equal(text, template.Render(_ => null).Text);
    }

    [Fact]
    public void Render_ThreeBraces_FillsTheInnerPair() => Assert.Equal("{1}", TemplateText.Parse("{{{a}}}").Render(_ => "1").Text);

    [Fact]
    public void Render_ValueThatLooksLikeAPlaceholder_IsNotFilledAgain() =>
        Assert.Equal("{{b}}", TemplateText.Parse("{{a}}").Render(n => n == "a" ? "{{b}}" : "no").Text);
}
