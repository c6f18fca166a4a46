using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Experiments.Tests.Definitions;

public sealed class MalformedInputTests
{
    [Theory]
    [InlineData("key: a\n  variants: [", "malformed-yaml", 2)]
    [InlineData("key: a\nvariants:\n  - {key: a\n", "malformed-yaml", 4)]
    [InlineData("key: \"a", "malformed-yaml", 1)]
    [InlineData("key: a\nowner: *nobody", "malformed-yaml", 2)]
    [InlineData("key: a\n? [x, y]\n: z", "malformed-yaml", 2)]
    [InlineData("{\n  \"experiment\": {\n    \"key\": \"a\",,\n  }\n}", "malformed-json", 3)]
    [InlineData("{\"experiment\": {\"key\": \"a\"}", "malformed-json", 1)]
    [InlineData("- a\n- b", "wrong-type", 1)]
    [InlineData("just text", "wrong-type", 1)]
    [InlineData("", "empty", 0)]
    [InlineData("# nothing\n", "empty", 0)]
    public void ReadText_Malformed_IsAProblemWithItsLine(string text, string code, int line)
    {
        var result = DefinitionReader.ReadText(text);
        Assert.Null(result.Definitions);
        Assert.Contains(result.Errors, e => e.Code == code && (e.Line == line || e.Line == line + 1));
    }

    [Fact]
    public void ReadText_JsonWithDuplicateKeyAndTabs_NamesTheLine()
    {
        var result = DefinitionReader.ReadText("{\n\t\"metrics\": {},\n\t\"metrics\": {}\n}");
        var error = Assert.Single(result.Errors);
        Assert.Equal(("duplicate-key", 3), (error.Code, error.Line));
    }

    [Fact]
    public void ReadText_YamlFlowStyle_IsNotTakenForJson() =>
        Assert.Empty(DefinitionReader.ReadText("{ upstreams: { a: { baseUrl: 'http://h/v1' } } }", "x.yaml").Errors);

    [Fact]
    public void ReadText_AliasesThatExplode_AreRefused()
    {
        var text = new StringBuilder("x-0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
        for (var i = 1; i < 30; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"x-{i}: &a{i} [*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1}]\n");
        Assert.Contains(DefinitionReader.ReadText(text.ToString()).Errors, e => e.Message.Contains("too large", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("- ")]
    public void ReadText_NestedWithoutEnd_IsRefused(string unit)
    {
        Assert.NotEmpty(DefinitionReader.ReadText("x: " + string.Concat(Enumerable.Repeat(unit, 20_000))).Errors);
        Assert.NotEmpty(DefinitionReader.ReadText(string.Concat(Enumerable.Repeat(unit, 20_000))).Errors);
    }

    [Fact]
    public void ReadText_AnyText_NeverThrows() =>
        Prop.ForAll<string>(text => DefinitionReader.ReadText(text ?? "").Problems.Length >= 0).QuickCheckThrowOnFailure();

    [Fact]
    public void ReadText_ExampleWithACharacterChanged_NeverThrows()
    {
        const int seed = 7;
        var random = new Random(seed);
        using var example = new Example();
        for (var i = 0; i < 400; i++)
        {
            var text = new StringBuilder(Example.Yaml);
            var at = random.Next(text.Length);
            if (random.Next(2) == 0) text.Remove(at, random.Next(1, Math.Min(20, text.Length - at)));
            else text.Insert(at, "{}[]:,'\"&*-\n 0x"[random.Next(15)]);
            var result = example.Read(text.ToString());
            Assert.True(result.Definitions is null == result.Errors.Any(), $"seed {seed}, round {i}");
        }
    }

    [Fact]
    public void ReadText_ReferencesOverHttp_AreRefused()
    {
        var result = DefinitionReader.ReadText("""{"experiment":{"key":"a","variants":[{"key":"a","system":{"file":"/etc/passwd"}},{"key":"b","tools":"t.json"}]},"include":["x.yaml"]}""");
        Assert.Equal(3, result.Errors.Count(e => e.Code == "file-not-allowed"));
    }

    [Fact]
    public void ReadFiles_NoSuchFile_IsAProblem()
    {
        var error = Assert.Single(DefinitionReader.ReadFiles(["/nowhere/e.yaml"]).Errors);
        Assert.Equal(("file-not-found", "/nowhere/e.yaml"), (error.Code, error.File));
    }
}
