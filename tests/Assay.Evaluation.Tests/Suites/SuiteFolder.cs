namespace Assay.Evaluation.Tests;

/// <summary>A suite on disk, gone after the test.</summary>
internal sealed class SuiteFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("assay-suite-").FullName;

    public string File(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public SuiteResult Read(string suite, string name = "suite.yaml") => SuiteReader.ReadFile(File(name, suite));

    /// <summary>Two variants of one model at an address, with one system prompt each.</summary>
    public static string Yaml(string baseUrl, string more, string cases = "cases.jsonl") => $$"""
        suite: test
        variants:
          - { key: a, upstream: up, model: m, system: Be plain. }
          - { key: b, upstream: up, model: m, system: Be kind. }
        cases: {{cases}}
        upstreams: { up: { baseUrl: "{{baseUrl}}" } }
        prices: { m: { inputPer1M: 1, outputPer1M: 2 }, judge: { inputPer1M: 1, outputPer1M: 2 } }
        {{more}}
        """;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
