namespace Assay.Experiments.Tests.Definitions;

public sealed class FilesTests : IDisposable
{
    private const string Experiment = """
        key: KEY
        variants: [ { key: a, model: x }, { key: b, model: y } ]
        metrics: { primary: done }
        plan: { minimumEffect: 0.1 }
        """;

    private readonly Example example = new();

    public void Dispose() => example.Dispose();

    [Fact]
    public void ReadFiles_Includes_AreRelativeToTheFileAndReadOnce()
    {
        example.Write("shared/metrics.yaml", "include: more.yaml\nmetrics: { done: { type: proportion, event: done, better: higher } }");
        example.Write("shared/more.yaml", "include: [metrics.yaml]\nmetrics: { other: { type: mean, event: other, better: lower } }");
        var one = example.Write("one.yaml", "include: [shared/metrics.yaml]\n" + Experiment.Replace("KEY", "one", StringComparison.Ordinal));
        var two = example.Write("two.yaml", "include: [shared/metrics.yaml]\n" + Experiment.Replace("KEY", "two", StringComparison.Ordinal));

        var result = DefinitionReader.ReadFiles([one, two]);

        Assert.Empty(result.Problems);
        Assert.Equal(["one", "two"], result.Definitions!.Experiments.Select(e => e.Key));
        Assert.Equal(["done", "other"], result.Definitions.Metrics.Keys.Order());
    }

    [Fact]
    public void ReadFiles_MistakeInAnIncludedFile_NamesThatFile()
    {
        example.Write("shared/metrics.yaml", "metrics:\n  done: { type: proportion, event: done, bettr: higher }");
        var path = example.Write("one.yaml", "include: [shared/metrics.yaml]\n" + Experiment.Replace("KEY", "one", StringComparison.Ordinal));

        var error = Assert.Single(DefinitionReader.ReadFiles([path]).Errors);

        Assert.Equal((Path.Combine(example.Folder, "shared/metrics.yaml"), 2, "unknown-key"), (error.File, error.Line, error.Code));
    }

    [Fact]
    public void ReadFiles_IncludeThatIsMissing_NamesTheLine()
    {
        var path = example.Write("one.yaml", "include:\n  - none.yaml\nupstreams: { u: { baseUrl: 'http://h' } }");
        var error = Assert.Single(DefinitionReader.ReadFiles([path]).Errors);
        Assert.Equal((path, 2, "file-not-found"), (error.File, error.Line, error.Code));
    }

    [Fact]
    public void ReadFiles_SameKeyTwice_NamesBothPlaces()
    {
        var metrics = "\n---\nmetrics: { done: { type: proportion, event: done, better: higher } }";
        var one = example.Write("one.yaml", Experiment.Replace("KEY", "same", StringComparison.Ordinal) + metrics);
        var two = example.Write("two.yaml", Experiment.Replace("KEY", "same", StringComparison.Ordinal) + metrics);

        var errors = DefinitionReader.ReadFiles([one, two]).Errors.ToArray();

        Assert.Equal([("duplicate-experiment", 1), ("duplicate-metric", 6)], errors.Select(e => (e.Code, e.Line)));
        Assert.All(errors, e => Assert.Equal(two, e.File));
        Assert.Contains($"{one}:1", errors[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadText_ToolsFileThatIsBroken_NamesTheToolsFile()
    {
        example.Write("tools.json", "[\n {\"a\": }\n]");
        var error = Assert.Single(example.Read(Example.Yaml).Errors);
        Assert.Equal(("malformed-json", "tools.json", 2), (error.Code, error.File, error.Line));
    }

    [Fact]
    public void ReadText_KnownFromElsewhere_MayBeNamed()
    {
        var server = DefinitionReader.ReadText("""
            upstreams: { up: { baseUrl: 'http://h/v1' } }
            metrics: { done: { type: proportion, event: done, better: higher } }
            """).Definitions;
        var text = Experiment.Replace("KEY", "a", StringComparison.Ordinal).Replace("model: x", "upstream: up", StringComparison.Ordinal).Replace("model: y", "upstream: upp", StringComparison.Ordinal);

        Assert.Equal(["unknown-metric"], DefinitionReader.ReadText(text).Errors.Select(e => e.Code));
        Assert.Equal(["did you mean 'up'?"], DefinitionReader.ReadText(text, known: server).Errors.Select(e => e.Hint));
    }
}
