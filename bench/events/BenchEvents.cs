using System.Buffers;
using System.Globalization;
using Assay.Events;

namespace Assay.Bench.Events;

/// <summary>The events that are appended: generations as the gateway writes them, about 400 bytes, and outcomes as a client posts them.</summary>
internal static class BenchEvents
{
    private static readonly DateTimeOffset Time = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static GenerationEvent Generation(int number) => new()
    {
        Id = Guid.CreateVersion7(Time.AddMilliseconds(number)).ToString(),
        Timestamp = Time.AddMilliseconds(number),
        Target = new EventTarget("conversation-" + number.ToString(CultureInfo.InvariantCulture)),
        Assignments = [new GenerationAssignment("support-prompt", 1, "treatment", "3f1c9a52-7f0e-8a11-9d52-0a4f4f1c2b3d", "assigned")],
        Turn = 1,
        Model = "gpt-4o-mini",
        Upstream = "openai",
        LatencyMs = 812.25,
        TtftMs = 180.5,
        InputTokens = 420,
        OutputTokens = 130,
        CostUsd = 0.000141,
        Status = GenerationStatus.Ok,
    };

    public static int Size()
    {
        var buffer = new ArrayBufferWriter<byte>();
        EventJson.WriteSpooled(buffer, Generation(123_456));
        return buffer.WrittenCount;
    }

    /// <summary>A batch of outcomes as JSON; ids are the client's, none repeated.</summary>
    public static List<byte[]> Outcomes(long first, int count)
    {
        var batch = new List<byte[]>(count);
        for (var i = first; i < first + count; i++)
            batch.Add(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $$$"""{"id":"outcome-{{{i}}}","type":"outcome","timestamp":"2025-05-01T12:00:00.123Z","experiment":"support-prompt","unit":"conversation-{{{i}}}","metric":"resolved","value":true,"attributes":{"plan":"pro","country":"DE","device":"phone"}}""")));
        return batch;
    }
}
