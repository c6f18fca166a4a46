using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Events.Tests.Json;

public sealed class EventJsonTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Read_OfWhatTheSpoolWrote_GivesAnEqualEvent() => Prop.ForAll<int>(seed =>
    {
        var written = new RandomEvents(seed).Next();
        AssertEqual(written, EventJson.Read(Spooled(written)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    [Trait("Kind", "property")]
    public void Write_OfWhatWasRead_GivesTheSameBytes() => Prop.ForAll<int>(seed =>
    {
        var json = Spooled(new RandomEvents(seed).Next());
        return json.AsSpan().SequenceEqual(Spooled(EventJson.Read(json)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "contract")]
    public void Write_OfAScore_HasTheShapeOfTheContract()
    {
        var score = new ScoreEvent
        {
            Id = "s1",
            Timestamp = SampleEvents.Time,
            Experiment = "support-prompt",
            HasClientId = true,
            Target = new EventTarget(GenerationId: "g1"),
            Metric = "helpfulness",
            Value = 0.5,
            JudgeKey = "quality",
            JudgeHash = "h",
            RubricHash = "r",
            Reason = "polite",
            Pairwise = new PairwiseVerdict("A", "g1", "g2", "B"),
        };
        Assert.Equal(
            """{"type":"score","id":"s1","timestamp":"2025-05-01T12:00:00Z","experiment":"support-prompt","generationId":"g1","metric":"helpfulness","value":0.5,"judge":{"key":"quality","hash":"h"},"rubricHash":"r","reason":"polite","winner":"A","a":"g1","b":"g2","shownFirst":"B"}""",
            Text(score));
    }

    [Fact]
    [Trait("Kind", "contract")]
    public void Write_OfAGeneration_HasTheShapeOfTheContract()
    {
        var generation = new GenerationEvent
        {
            Id = "g1",
            Timestamp = SampleEvents.Time,
            Target = new EventTarget("u1"),
            Ids = new UnitIds(User: "u1"),
            Assignments = [new GenerationAssignment("e", 1, "control", "x1", "assigned")],
            ResponseId = "chatcmpl-1",
            Turn = 2,
            LatencyMs = 812.5,
            InputTokens = 10,
            CostUsd = 0.0001,
            Status = GenerationStatus.Timeout,
            Cache = "warm",
        };
        Assert.Equal(
            """{"type":"generation","id":"g1","timestamp":"2025-05-01T12:00:00Z","unit":"u1","responseId":"chatcmpl-1","ids":{"user":"u1"},"assignments":[{"experiment":"e","version":1,"variant":"control","exposureId":"x1","reason":"assigned"}],"turn":2,"latencyMs":812.5,"inputTokens":10,"costUsd":0.0001,"status":"timeout","cache":"warm"}""",
            Text(generation));
    }

    [Fact]
    public void Write_OfNumbersThatAreNone_LeavesThemOut()
    {
        var generation = new GenerationEvent { Id = "g", Timestamp = SampleEvents.Time, Status = GenerationStatus.Ok, LatencyMs = double.NaN, TtftMs = double.PositiveInfinity };
        var read = (GenerationEvent)EventJson.Read(Spooled(generation));
        Assert.Null(read.LatencyMs);
        Assert.Null(read.TtftMs);
    }

    [Fact]
    public void Write_OfHalfASurrogatePair_StillGivesReadableJson()
    {
        var outcome = SampleEvents.Outcome(1) with { Target = new EventTarget("u\ud800") };
        Assert.Equal("u\ufffd", ((OutcomeEvent)EventJson.Read(Spooled(outcome))).Target.Unit);
    }

    [Fact]
    public void ContentHash_DependsOnTheTimestampOnlyWhereTheClientGaveIt()
    {
        var outcome = SampleEvents.Outcome(1, clientId: true);
        var later = outcome with { Timestamp = outcome.Timestamp.AddSeconds(1) };
        Assert.Equal(EventJson.ContentHash(outcome), EventJson.ContentHash(later));
        Assert.NotEqual(EventJson.ContentHash(outcome with { HasClientTimestamp = true }), EventJson.ContentHash(later with { HasClientTimestamp = true }));
        Assert.NotEqual(EventJson.ContentHash(outcome), EventJson.ContentHash(outcome with { Value = 2 }));
        Assert.Equal(EventJson.ContentHash(outcome), EventJson.ContentHash(EventJson.Read(Spooled(outcome))));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"outcome","id":"a"}""")]
    [InlineData("""{"type":"wish","id":"a","timestamp":"2025-05-01T12:00:00Z"}""")]
    [InlineData("nonsense")]
    public void Read_OfNoEvent_Throws(string json) => Assert.ThrowsAny<JsonException>(() => EventJson.Read(Encoding.UTF8.GetBytes(json)));

    private static byte[] Spooled(AssayEvent value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EventJson.WriteSpooled(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    private static string Text(AssayEvent value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EventJson.Write(buffer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Property by property, so that one which is neither written nor read cannot hide.
    private static void AssertEqual(AssayEvent expected, AssayEvent actual)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        foreach (var property in expected.GetType().GetProperties())
        {
            var (a, b) = (property.GetValue(expected), property.GetValue(actual));
            if (a is JsonElement x && b is JsonElement y) Assert.True(JsonElement.DeepEquals(x, y), property.Name);
            else if (a is IEnumerable and not string) Assert.Equal(((IEnumerable)a).Cast<object>(), ((IEnumerable)b!).Cast<object>());
            else Assert.True(Equals(a, b), $"{property.Name}: {a} became {b}");
        }
    }
}
