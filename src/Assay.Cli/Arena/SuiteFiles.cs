using System.Collections.Immutable;
using System.Text.Json;
using Assay.Evaluation;
using Assay.Storage;

namespace Assay.Cli.Arena;

/// <summary>Reads suites with all that the program can offer them.</summary>
internal static class SuiteFiles
{
    public static SuiteServices Services(IEmbedder? embedder = null) => new() { Tables = new Tables(), Checks = new CheckServices { ProcessRunner = new BoundedProcessRunner(TimeProvider.System, Math.Max(1, Environment.ProcessorCount)), Embedder = embedder } };

    public static SuiteResult Read(string path) => SuiteReader.ReadFile(path, Services());

    private sealed class Tables : ICaseTables
    {
        public (ImmutableArray<JsonElement>? Rows, string? Problem) Read(string path) => ParquetRows.Read(path);
    }
}
