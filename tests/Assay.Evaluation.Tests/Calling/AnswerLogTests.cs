using System.Text;

namespace Assay.Evaluation.Tests;

public sealed class AnswerLogTests
{
    [Fact]
    public async Task Open_LastLineTornByAKill_KeepsTheWholeOnesAndGoesOn()
    {
        using var folder = new SuiteFolder();
        var path = Path.Combine(folder.Path, "log.jsonl");
        await using (var log = AnswerLog.Open(path)) await log.AppendAsync("one", "", new Answer { Text = "1" });
        await File.AppendAllTextAsync(path, "{\"key\":\"two\",\"answer\":{\"te");
        await using (var log = AnswerLog.Open(path))
        {
            Assert.Equal("1", log.Find("one")!.Text);
            Assert.Null(log.Find("two"));
            await log.AppendAsync("three", "", new Answer { Text = "3", CostUsd = 0.5, LogProbabilities = [new("t", -1, [("u", -2)])] });
        }
        await using var last = AnswerLog.Open(path);
        Assert.Equal(2, last.Count);
        Assert.Equal(0.5, last.Find("three")!.CostUsd);
        Assert.Equal(("u", -2), last.Find("three")!.LogProbabilities[0].Alternatives[0]);
    }

    [Fact]
    public async Task Append_DiskFull_SaysSoAndWhatWasWrittenBeforeIsThere()
    {
        using var memory = new FullDisk(400);
        var log = AnswerLog.Over(memory);
        await log.AppendAsync("one", "", new Answer { Text = "1" });
        var error = await Assert.ThrowsAsync<IOException>(() => log.AppendAsync("two", "", new Answer { Text = new string('x', 1000) }));
        Assert.Contains("no space", error.Message, StringComparison.Ordinal);
        // Nothing may follow a line that was written half.
        await Assert.ThrowsAsync<IOException>(() => log.AppendAsync("three", "", new Answer { Text = "3" }));
        Assert.Contains("\"one\"", Encoding.UTF8.GetString(memory.ToArray()), StringComparison.Ordinal);
        Assert.DoesNotContain("\"three\"", Encoding.UTF8.GetString(memory.ToArray()), StringComparison.Ordinal);
        await log.DisposeAsync();
    }

    [Fact]
    public async Task Open_Twice_IsRefused()
    {
        using var folder = new SuiteFolder();
        var path = Path.Combine(folder.Path, "log.jsonl");
        await using (AnswerLog.Open(path)) Assert.Throws<IOException>(() => AnswerLog.Open(path));
        await using var free = AnswerLog.Open(path);
        Assert.Equal(0, free.Count);
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Length + buffer.Length > room ? ValueTask.FromException(new IOException("no space left on device")) : base.WriteAsync(buffer, cancellationToken);
    }
}
