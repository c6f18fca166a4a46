namespace Assay.Storage.Tests.Files;

public sealed class PairedFileReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_YesOrNo_CountsTheFourCells()
    {
        var a = _folder.Write("a.csv", "id,correct\nq1,TRUE\nq2,1\nq3,0\nq4,FALSE\nq5,1\nq6,\n");
        var b = _folder.Write("b.jsonl", """
            {"id":"q5","correct":false}
            {"id":"q1","correct":true}
            {"id":"q2","correct":0}
            {"id":"q3","correct":1}
            {"id":"q4","correct":0}
            {"id":"q6","correct":1}
            {"id":"q7","correct":1}
            """);

        var result = await PairedFileReader.ReadAsync(a, b, "id", "correct");

        Assert.Empty(result.Problems);
        var values = result.Values!;
        Assert.Equal((5, true, 1, 2, 1, 1), (values.Pairs, values.IsBinary, values.Both, values.OnlyControlSucceeds, values.OnlyTreatmentSucceeds, values.Neither));
        Assert.Empty(values.OnlyInControl);
        Assert.Equal(["q6", "q7"], values.OnlyInTreatment);
    }

    [Fact]
    public async Task Read_Numbers_GivesMomentsOfTheDifferences()
    {
        var a = _folder.Write("a.csv", "id,score\nx,1\ny,2\nz,4\n");
        var b = _folder.Write("b.csv", "score,id\n2,x\n4,y\n5.5,z\n");

        var values = (await PairedFileReader.ReadAsync(a, b, "id", "score")).Values!;

        Assert.False(values.IsBinary);
        Assert.Equal((1.5, 0.25), (values.MeanDifference, values.VarianceOfDifferences));
        Assert.Equal([1.0, 2, 4], values.Control);
        Assert.Equal([2.0, 4, 5.5], values.Treatment);
    }

    [Fact]
    public async Task Read_WhatIsWrongOnBothSides_IsToldAtOnce()
    {
        var a = _folder.Write("a.csv", "id,correct\nq1,yes\nq1,1\n");
        var b = _folder.Write("b.csv", "id,corect\nq1,1\n");

        var result = await PairedFileReader.ReadAsync(a, b, "id", "correct");

        Assert.Null(result.Values);
        Assert.Equal([("not-a-number", a, 2L), ("duplicate-id", a, 3L), ("missing-column", b, null)], result.Problems.Select(p => (p.Code, p.File!, p.Line)));
        Assert.Contains("did you mean corect?", result.Problems[2].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NothingInCommon_IsAnError()
    {
        var a = _folder.Write("a.csv", "id,correct\nq1,1\n");
        var b = _folder.Write("b.csv", "id,correct\nr1,1\n");

        Assert.Equal("no-pairs", Assert.Single((await PairedFileReader.ReadAsync(a, b, "id", "correct")).Problems).Code);
    }
}
