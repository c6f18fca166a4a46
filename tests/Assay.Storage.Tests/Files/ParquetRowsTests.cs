using Assay.DuckDb;

namespace Assay.Storage.Tests.Files;

public sealed class ParquetRowsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TableOfCases_IsAJsonObjectPerRow()
    {
        var path = _folder.File("cases.parquet");
        using (var database = DuckDbDatabase.Open(DuckDbDatabase.InMemory))
        using (var connection = database.Connect())
            connection.Execute($"COPY (SELECT * FROM (VALUES ('a', 'is it?', ['x', 'y']), ('b', NULL, [])) t(id, input, tags)) TO '{path}' (FORMAT parquet)");
        var (rows, problem) = ParquetRows.Read(path);
        Assert.Null(problem);
        Assert.Equal(["a", "b"], rows!.Value.Select(r => r.GetProperty("id").GetString()!));
        Assert.Equal(2, rows.Value[0].GetProperty("tags").GetArrayLength());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, rows.Value[1].GetProperty("input").ValueKind);
    }

    [Fact]
    public void Read_NoParquet_SaysWhy()
    {
        Assert.Contains("no such file", ParquetRows.Read(_folder.File("absent.parquet")).Problem, StringComparison.Ordinal);
        Assert.NotNull(ParquetRows.Read(_folder.Write("bad.parquet", "id,input\n")).Problem);
    }
}
