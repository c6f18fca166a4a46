using FsCheck;
using FsCheck.Fluent;

namespace Assay.Experiments.Tests.Audiences;

public sealed class AudienceConditionTests
{
    private const string Person = """{"plan":"pro","country":"DE","age":30,"score":-1.5,"beta":true,"old":false,"nothing":null,"tags":["a"],"device":{"os":"ios"},"a.b":"dotted","quote":"it's \"x\"","esc":"\u00e4b"}""";

    [Theory]
    [InlineData("plan == 'pro'", true)]
    [InlineData("plan == \"pro\"", true)]
    [InlineData("plan != 'pro'", false)]
    [InlineData("plan == 'PRO'", false)]
    [InlineData("age > 29.5 and age <= 30", true)]
    [InlineData("age < 30 or age >= 31", false)]
    [InlineData("score < -1", true)]
    [InlineData("age == 3e1", true)]
    [InlineData("country in ['DE','FR']", true)]
    [InlineData("country not in ['DE','FR']", false)]
    [InlineData("age in [1, 30]", true)]
    [InlineData("country in []", false)]
    [InlineData("beta", true)]
    [InlineData("not old", true)]
    [InlineData("!old && beta || plan == 'x'", true)]
    [InlineData("old == false", true)]
    [InlineData("exists(plan)", true)]
    [InlineData("exists(nothing)", false)]
    [InlineData("nothing == null", true)]
    [InlineData("missing == null", true)]
    [InlineData("plan != null", true)]
    [InlineData("device.os == 'ios'", true)]
    [InlineData("a.b == 'dotted'", true)]
    [InlineData("device.os.version == 'x'", false)]
    [InlineData("country > 'CZ' and country < 'DF'", true)]
    [InlineData("esc > 'a'", true)]
    [InlineData("quote == 'it\\'s \"x\"'", true)]
    [InlineData("beta or plan == 'x' and old", true)]
    [InlineData("(beta or plan == 'x') and old", false)]
    public void Evaluate_Known_Holds(string text, bool expected) => Assert.Equal(expected, Evaluate(text, Person));

    [Theory]
    [InlineData("missing == 'x'")]
    [InlineData("missing != 'x'")]
    [InlineData("not (missing == 'x')")]
    [InlineData("missing not in ['x']")]
    [InlineData("nothing != 'x'")]
    [InlineData("age == '30'")]
    [InlineData("age != '30'")]
    [InlineData("plan > 5")]
    [InlineData("tags == 'a'")]
    [InlineData("plan == 'pro' and missing > 1")]
    [InlineData("not (plan == 'pro' and missing > 1)")]
    [InlineData("plan")]
    public void Evaluate_Unknown_DoesNotHold(string text) => Assert.False(Evaluate(text, Person));

    [Theory]
    [InlineData("plan == 'pro' or missing > 1", true)]
    [InlineData("not (plan == 'x' and missing > 1)", true)]
    [InlineData("missing > 1 or plan == 'pro'", true)]
    public void Evaluate_UnknownThatDoesNotMatter_IsDecidedByTheRest(string text, bool expected) => Assert.Equal(expected, Evaluate(text, Person));

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("plan = 'pro'", 6, "'=='")]
    [InlineData("plan == pro", 9, "quote strings")]
    [InlineData("plan == 'pro", 9, "not closed")]
    [InlineData("plan == 'pro' und x", 15, "'and'")]
    [InlineData("(plan == 'pro'", 15, "')'")]
    [InlineData("'pro' == plan", 1, "left side")]
    [InlineData("age <", 6, "a value")]
    [InlineData("age < null", 5, "no order")]
    [InlineData("age < true", 5, "no order")]
    [InlineData("country in 'DE'", 12, "'['")]
    [InlineData("country in ['DE' 'FR']", 18, "']'")]
    [InlineData("country in [null]", 13, "exists")]
    [InlineData("country not 'DE'", 13, "'in'")]
    [InlineData("exists(", 8, "an attribute")]
    [InlineData("true", 1, "not an attribute")]
    [InlineData("age == 1e999", 8, "not a value")]
    public void Parse_Malformed_NamesTheColumn(string text, int column, string part)
    {
        var result = AudienceCondition.Parse(text);
        Assert.Null(result.Condition);
        Assert.Equal(column, result.Column);
        Assert.Contains(part, result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeeplyNested_IsAProblemNotACrash()
    {
        Assert.Contains("deeply", AudienceCondition.Parse(new string('(', 100_000) + "a").Problem, StringComparison.Ordinal);
        Assert.Contains("deeply", AudienceCondition.Parse(string.Concat(Enumerable.Repeat("not ", 100_000)) + "a").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Precedence_BuildsTheTree()
    {
        var root = AudienceCondition.Parse("not a and b == 1 or c in ['x']").Condition!.Root;
        var or = Assert.IsType<OrCondition>(root);
        var and = Assert.IsType<AndCondition>(or.Left);
        Assert.Equal(new NotCondition(new CompareCondition("a", ComparisonOperator.Equal, ConditionLiteral.Of(true))), and.Left);
        Assert.Equal(new CompareCondition("b", ComparisonOperator.Equal, ConditionLiteral.Of(1)), and.Right);
        Assert.Equal([ConditionLiteral.Of("x")], Assert.IsType<InCondition>(or.Right).Values);
    }

    [Fact]
    public void Parse_AnyText_NeverThrows() =>
        Prop.ForAll<string>(text =>
        {
            var result = AudienceCondition.Parse(text ?? "");
            result.Condition?.Evaluate(default);
            return result.Condition is null == (result.Problem is not null);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Evaluate_SharedCondition_KeepsNothingOfAnEarlierUnit()
    {
        var condition = AudienceCondition.Parse("plan == 'pro'").Condition!;
        Assert.True(condition.Evaluate(Attributes("""{"plan":"pro"}""")));
        Assert.False(condition.Evaluate(default));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("5")]
    public void TryParse_NotAnObject_SaysSo(string json)
    {
        Assert.False(UnitAttributes.TryParse(json, out _, out var error));
        Assert.Contains("JSON", error, StringComparison.Ordinal);
    }

    private static bool Evaluate(string text, string json)
    {
        var result = AudienceCondition.Parse(text);
        Assert.Null(result.Problem);
        return result.Condition!.Evaluate(Attributes(json));
    }

    private static UnitAttributes Attributes(string json)
    {
        Assert.True(UnitAttributes.TryParse(json, out var attributes, out _));
        return attributes;
    }
}
