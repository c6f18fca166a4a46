using System.IO.Pipelines;
using System.Text;
using Assay.Events;

namespace Assay.Server.Tests.Events;

public sealed class EventBodyReaderTests
{
    private const string Array = """
        [ {"type":"outcome","id":"a","unit":"u","metric":"m","attributes":{"x":"]}"}},
          {"type":"outcome","id":"b","unit":"ü","metric":"m"}, 17 , {"type":"wish"},
          {"type":"outcome","id":"c","unit":"u","metric":"m"} ]
        """;
    private const string Lines = "{\"type\":\"outcome\",\"id\":\"a\",\"unit\":\"u\",\"metric\":\"m\"}\r\n\n  \n{broken\n{\"type\":\"outcome\",\"id\":\"b\",\"unit\":\"u\",\"metric\":\"m\"}";

    [Fact]
    public async Task Read_OfAnArrayThatArrivesInPiecesOfAnySize_FindsEveryElement()
    {
        var bytes = Encoding.UTF8.GetBytes(Array);
        for (var size = 1; size <= bytes.Length; size++)
        {
            var body = await ReadAsync(bytes, size);
            Assert.Null(body.Problem);
            Assert.Equal(["a", "b", null, null, "c"], body.Readings.Select(r => r.Event?.Id));
        }
    }

    [Fact]
    public async Task Read_OfLinesThatArriveInPiecesOfAnySize_KeepsTheGoodBesideTheBad()
    {
        var bytes = Encoding.UTF8.GetBytes(Lines);
        for (var size = 1; size <= bytes.Length; size++)
        {
            var body = await ReadAsync(bytes, size);
            Assert.Null(body.Problem);
            Assert.Equal(["a", null, "b"], body.Readings.Select(r => r.Event?.Id));
            Assert.StartsWith("not JSON at byte 2", body.Readings[1].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Read_OfAMalformedArray_NamesLineAndByteHoweverItArrives()
    {
        var bytes = "[\n {\"type\":\"outcome\"},\n {\"type\" \"outcome\"}]"u8.ToArray();
        for (var size = 1; size <= bytes.Length; size++)
            Assert.Contains("line 3, byte 10 of it", (await ReadAsync(bytes, size)).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"type\":\"outcome\"}", "is not a JSON array of events: line 1, byte 20")]
    [InlineData("[{\"type\":\"outcome\"}] 5", "is not a JSON array of events: line 1, byte 22")]
    [InlineData("[1,]", "is not a JSON array of events")]
    [InlineData("", "The body is empty")]
    [InlineData(" \n ", "The body is empty")]
    public async Task Read_OfABodyThatIsNoBatch_SaysWhere(string text, string expected) =>
        Assert.Contains(expected, (await ReadAsync(Encoding.UTF8.GetBytes(text), 4)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Read_OfAnEmptyArray_IsNoEvents()
    {
        var body = await ReadAsync("[]"u8.ToArray(), 1);
        Assert.Null(body.Problem);
        Assert.Empty(body.Readings);
    }

    [Fact]
    public async Task Read_WithAByteOrderMark_PassesOverIt()
    {
        Assert.Single((await ReadAsync([0xEF, 0xBB, 0xBF, .. "[{}]"u8], 2)).Readings);
        Assert.StartsWith("'type' is missing", (await ReadAsync([0xEF, 0xBB, 0xBF, .. "{}"u8], 5)).Readings[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BeyondTheLimit_StopsAndKeepsNothing()
    {
        var body = await ReadAsync(Encoding.UTF8.GetBytes(Lines), 10, limit: 100);
        Assert.True(body.TooLarge);
        Assert.Empty(body.Readings);
    }

    private static async Task<EventBody> ReadAsync(byte[] bytes, int pieces, long limit = 10_000)
    {
        var body = PipeReader.Create(new PiecewiseStream(bytes, pieces));
        return await new EventBodyReader(new EventReader(TimeProvider.System), limit).ReadAsync(body, CancellationToken.None);
    }

    private sealed class PiecewiseStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(size, buffer.Length)]));
    }
}
