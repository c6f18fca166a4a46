using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Assay.Evaluation;

/// <summary>
/// Every answer that was paid for, on disk before it is used: one JSON line each, appended, made durable in groups. A run that was killed goes on from here,
/// and a run of the same calls takes them from here. A line that a crash cut off is passed over and overwritten.
/// </summary>
public sealed class AnswerLog : IAsyncDisposable
{
    private readonly Channel<(string Line, string Key, Answer Answer, TaskCompletionSource Done)> queue = Channel.CreateUnbounded<(string, string, Answer, TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, Answer> answers;
    private readonly Stream stream;
    private readonly Task writer;

    private AnswerLog(Stream stream, ConcurrentDictionary<string, Answer> answers)
    {
        (this.stream, this.answers) = (stream, answers);
        writer = Task.Run(WriteAsync);
    }

    public int Count => answers.Count;

    /// <summary>Opens or creates a log; only one process may have it open.</summary>
    /// <exception cref="IOException">It cannot be opened, or another run has it.</exception>
    public static AnswerLog Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return Over(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
    }

    /// <summary>Over a stream that can be read and written; it is disposed with the log.</summary>
    internal static AnswerLog Over(Stream stream)
    {
        var known = new ConcurrentDictionary<string, Answer>(StringComparer.Ordinal);
        var whole = Load(stream, known);
        stream.SetLength(whole);
        stream.Position = whole;
        return new AnswerLog(stream, known);
    }

    public Answer? Find(string key) => answers.GetValueOrDefault(key);

    /// <summary>Completes when the answer is on disk.</summary>
    /// <exception cref="IOException">It could not be written: the disk is full, or gone.</exception>
    public Task AppendAsync(string key, string purpose, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var line = new JsonObject { ["key"] = key, ["for"] = purpose, ["answer"] = AnswerJson.Write(answer) }.ToJsonString();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.Writer.TryWrite((line, key, answer, done))) done.SetException(new IOException("the answer log is closed"));
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
        await stream.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        IOException? broken = null;
        var group = new List<(string Line, string Key, Answer Answer, TaskCompletionSource Done)>();
        while (await queue.Reader.WaitToReadAsync())
        {
            while (queue.Reader.TryRead(out var item)) group.Add(item);
            try
            {
                if (broken is not null) throw broken;
                var bytes = Encoding.UTF8.GetBytes(string.Concat(group.Select(g => g.Line + "\n")));
                await stream.WriteAsync(bytes);
                await stream.FlushAsync();
                if (stream is FileStream file) file.Flush(flushToDisk: true);
                foreach (var (_, key, answer, done) in group)
                {
                    answers[key] = answer;
                    done.SetResult();
                }
            }
            catch (IOException e)
            {
                // After a write that failed half way nothing may follow it: the rest of the run cannot be kept either.
                broken ??= e;
                foreach (var (_, _, _, done) in group) done.TrySetException(new IOException($"answers cannot be written: {e.Message}", e));
            }
            group.Clear();
        }
    }

    private static long Load(Stream stream, ConcurrentDictionary<string, Answer> known)
    {
        stream.Position = 0;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var start = 0;
        while (Array.IndexOf(bytes, (byte)'\n', start) is var end and >= 0)
        {
            try
            {
                if (JsonNode.Parse(bytes.AsSpan(start, end - start)) is JsonObject { } line && line["key"] is { } key && line["answer"] is JsonObject answer)
                    known[key.GetValue<string>()] = AnswerJson.Read(answer);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
            {
                // A damaged line costs one call, not the file.
            }
            start = end + 1;
        }
        return start;
    }
}
