using System.Text;

namespace Assay.Events.Tests.Intake;

public sealed class EventReaderTests
{
    private static readonly FakeTime Time = new();
    private readonly EventReader reader = new(Time);

    [Theory]
    // The envelope.
    [InlineData("", "not JSON at byte 1")]
    [InlineData("[1]", "must be a JSON object, not an array")]
    [InlineData("{", "not JSON at byte")]
    [InlineData("""{"metric":NaN}""", "not JSON at byte")]
    [InlineData("""{"unit":"u","metric":"m"}""", "'type' is missing: exposure, generation, outcome, score or label")]
    [InlineData("""{"type":"wish","unit":"u"}""", "type 'wish' is unknown: exposure, generation, outcome, score or label")]
    [InlineData("""{"type":5}""", "'type' must be a string, not a number")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m"} {}""", "not JSON at byte 44")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","unit":"v"}""", "has 'unit' twice")]
    // Names.
    [InlineData("""{"type":"outcome","unit":"u","metrc":"m"}""", "'metrc' is no field of the contract; did you mean 'metric'?")]
    [InlineData("""{"type":"outcome","Unit":"u","metric":"m"}""", "did you mean 'unit'?")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","somethingQuiteDifferent":{"a":[1]}}""", "'somethingQuiteDifferent' is no field of the contract")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","clientId":true}""", "'clientId' is no field of the contract")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","latencyMs":3}""", "'latencyMs' is no field of an outcome")]
    [InlineData("""{"type":"label","unit":"u","metric":"m","value":1,"judge":{"key":"k"}}""", "'judge' is no field of a label")]
    // Whom it is about.
    [InlineData("""{"type":"outcome","metric":"m"}""", "the event has no unit: one of 'unit', 'exposureId', 'generationId' or 'responseId'")]
    [InlineData("""{"type":"outcome","unit":null,"metric":"m"}""", "the event has no unit")]
    [InlineData("""{"type":"generation","latencyMs":1}""", "the event has no unit")]
    [InlineData("""{"type":"outcome","unit":"  ","metric":"m"}""", "'unit' must not be empty")]
    [InlineData("""{"type":"outcome","unit":7,"metric":"m"}""", "'unit' must be a string, not a number")]
    [InlineData("""{"type":"outcome","unit":"a\u0000b","metric":"m"}""", "'unit' must not contain control characters")]
    [InlineData("""{"type":"exposure","unit":"u","experiment":"e"}""", "'variant' is missing: an exposure names experiment, unit and variant")]
    [InlineData("""{"type":"exposure","experiment":"e","variant":"v"}""", "'unit' is missing")]
    // Values.
    [InlineData("""{"type":"outcome","unit":"u"}""", "'metric' is missing")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","value":{}}""", "'value' must be a number, a boolean or a string, not an object")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","value":1e999}""", "'value' must be a finite number")]
    [InlineData("""{"type":"score","unit":"u","metric":"m","value":"good"}""", "'value' of a score must be a number or a boolean")]
    [InlineData("""{"type":"score","unit":"u","metric":"m"}""", "a score needs a 'value'")]
    [InlineData("""{"type":"label","unit":"u","metric":"m"}""", "a label needs a 'value'")]
    [InlineData("""{"type":"score","unit":"u","metric":"m","winner":"C"}""", "'winner' is 'C'; it must be A, B or TIE")]
    [InlineData("""{"type":"score","unit":"u","metric":"m","winner":"A","shownFirst":"TIE"}""", "'shownFirst' is 'TIE'; it must be A or B")]
    [InlineData("""{"type":"score","unit":"u","metric":"m","value":1,"a":"g1"}""", "'winner' is missing")]
    [InlineData("""{"type":"score","unit":"u","metric":"m","value":1,"judge":"gpt"}""", "'judge' must be an object {key, hash}")]
    [InlineData("""{"type":"score","unit":"u","metric":"m","value":1,"judge":{"name":"x"}}""", "'judge.name' is not known; known are key, hash")]
    [InlineData("""{"type":"generation","unit":"u","latencyMs":-1}""", "'latencyMs' must not be negative")]
    [InlineData("""{"type":"generation","unit":"u","costUsd":-0.01}""", "'costUsd' must not be negative")]
    [InlineData("""{"type":"generation","unit":"u","inputTokens":-5}""", "'inputTokens' must not be negative")]
    [InlineData("""{"type":"generation","unit":"u","outputTokens":1.5}""", "'outputTokens' must be a whole number")]
    [InlineData("""{"type":"generation","unit":"u","outputTokens":9999999999999}""", "'outputTokens' is too large")]
    [InlineData("""{"type":"generation","unit":"u","turn":0}""", "'turn' counts from 1")]
    [InlineData("""{"type":"generation","unit":"u","latencyMs":"12"}""", "'latencyMs' must be a number, not a string")]
    [InlineData("""{"type":"generation","unit":"u","status":"fine"}""", "'status' is 'fine'; it must be ok, error, timeout, cancelled or blocked")]
    [InlineData("""{"type":"generation","unit":"u","cache":"hot"}""", "'cache' is 'hot'; it must be warm or cold")]
    [InlineData("""{"type":"generation","unit":"u","empty":"no"}""", "'empty' must be true or false, not a string")]
    [InlineData("""{"type":"generation","ids":{"device":"d"}}""", "'ids.device' is not known; known are request, session, conversation, user, cluster")]
    [InlineData("""{"type":"generation","ids":{"user":""}}""", "'ids' must not be empty")]
    [InlineData("""{"type":"generation","unit":"u","assignments":[{"experiment":"e"}]}""", "'assignments' must be an array of {experiment, version, variant, exposureId, reason}")]
    [InlineData("""{"type":"exposure","unit":"u","experiment":"e","variant":"v","bucket":1}""", "'bucket' must be less than 1")]
    [InlineData("""{"type":"exposure","unit":"u","experiment":"e","variant":"v","propensity":1.5}""", "'propensity' must lie between 0 and 1")]
    // Attributes.
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","attributes":[]}""", "'attributes' must be a JSON object, not an array")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","attributes":{"a":{"b":1}}}""", "'attributes' must be flat: 'a' is an object")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","attributes":{"a":1e999}}""", "'attributes.a' must be a finite number")]
    // Times.
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","timestamp":"yesterday"}""", "'timestamp' must be an ISO 8601 time with zone")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","timestamp":"2025-05-01T12:00:00"}""", "'timestamp' must be an ISO 8601 time with zone")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","timestamp":1746100000}""", "'timestamp' must be an ISO 8601 time with zone, such as 2025-01-31T12:00:00Z, not a number")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","timestamp":"2025-05-02T12:00:01Z"}""", "'timestamp' is more than a day in the future")]
    // Text that is none.
    [InlineData("""{"type":"outcome","unit":"u\ud800","metric":"m"}""", "a string is not valid Unicode")]
    [InlineData("""{"type":"generation","unit":"u","request":{"a":["\udc00"]}}""", "a string is not valid Unicode")]
    [InlineData("""{"type":"outcome","unit":"u","metric":"m","attributes":{"a":"\ud800"}}""", "a string is not valid Unicode")]
    public void Read_OfABadEvent_SaysWhatWouldBeRight(string json, string expected)
    {
        var reading = reader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(reading.Event);
        Assert.Contains(expected, reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfBytesThatAreNoUtf8_Refuses()
    {
        byte[] json = [.. """{"type":"outcome","unit":"u"""u8, 0xFF, .. "\",\"metric\":\"m\"}"u8];
        Assert.NotNull(reader.Read(json).Reason);
    }

    [Fact]
    public void Read_OfALongId_Refuses()
    {
        Assert.Equal("'id' is longer than 256 characters", Refusal($$"""{"type":"outcome","id":"{{new string('x', 257)}}","unit":"u","metric":"m"}"""));
        Assert.NotNull(Accept($$"""{"type":"outcome","id":"{{new string('x', 256)}}","unit":"u","metric":"m"}"""));
        Assert.Contains("is longer than 8192", Refusal($$"""{"type":"outcome","unit":"u","metric":"m","value":"{{new string('x', 8193)}}"}"""), StringComparison.Ordinal);
        Assert.Contains("larger than", Refusal($$"""{"type":"generation","unit":"u","request":"{{new string('x', EventReader.LargestEvent)}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithoutIdAndTime_LeavesBothToTheServer()
    {
        var outcome = (OutcomeEvent)Accept("""{"type":"outcome","unit":"u","metric":"m","value":true}""");
        Assert.Equal(7, Guid.Parse(outcome.Id).Version);
        Assert.Equal(Time.Now, outcome.Timestamp);
        Assert.Equal((1.0, false, false), (outcome.Value, outcome.HasClientId, outcome.HasClientTimestamp));
    }

    [Fact]
    public void Read_WithIdAndTime_KeepsBothInUtc()
    {
        var outcome = (OutcomeEvent)Accept("""{"type":"outcome","id":"o-1","timestamp":"2025-05-01T14:00:00.5+02:00","responseId":"chatcmpl-1","metric":"m","value":"late","experiment":"e","attributes":{"plan":"pro"}}""");
        Assert.Equal(("o-1", true, true), (outcome.Id, outcome.HasClientId, outcome.HasClientTimestamp));
        Assert.Equal(new DateTimeOffset(2025, 5, 1, 12, 0, 0, 500, TimeSpan.Zero), outcome.Timestamp);
        Assert.Equal(TimeSpan.Zero, outcome.Timestamp.Offset);
        Assert.Equal((null, "late", "chatcmpl-1"), (outcome.Value, outcome.Text, outcome.Target.ResponseId));
    }

    [Fact]
    public void Read_OfAnExposureWithoutId_DerivesItFromWhatItStandsFor()
    {
        var exposure = (ExposureEvent)Accept("""{"type":"exposure","experiment":"e","unit":"u","variant":"treatment","version":2}""");
        Assert.Equal(ExposureId.For("e", 2, "u"), exposure.Id);
        Assert.Equal((false, 2, null), (exposure.HasClientId, exposure.Version, exposure.Bucket));
    }

    [Fact]
    public void Read_WithADefaultType_TakesItWhereNoneIsGiven()
    {
        var json = """{"responseId":"chatcmpl-1","metric":"thumb","value":1}"""u8;
        Assert.IsType<OutcomeEvent>(reader.Read(json, "outcome").Event);
        Assert.IsType<LabelEvent>(reader.Read("""{"type":"label","generationId":"g","metric":"ok","value":1}"""u8, "outcome").Event);
    }

    [Fact]
    public void Read_OfAGenerationThatFailedWithoutSayingSo_TakesTheErrorCodeForIt()
    {
        Assert.Equal(GenerationStatus.Error, ((GenerationEvent)Accept("""{"type":"generation","unit":"u","errorCode":"rate_limited"}""")).Status);
        Assert.Equal(GenerationStatus.Ok, ((GenerationEvent)Accept("""{"type":"generation","unit":"u"}""")).Status);
    }

    [Fact]
    public void Read_OfAPairwiseScore_NeedsNoOtherTargetThanItsAnswers()
    {
        var score = (ScoreEvent)Accept("""{"type":"score","metric":"preference","winner":"B","a":"g1","b":"g2","shownFirst":"A","judge":{"key":"q","hash":"h"}}""");
        Assert.Equal(new PairwiseVerdict("B", "g1", "g2", "A"), score.Pairwise);
        Assert.Equal("g1", score.Target.GenerationId);
    }

    private AssayEvent Accept(string json)
    {
        var reading = reader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(reading.Reason);
        return reading.Event!;
    }

    private string Refusal(string json) => reader.Read(Encoding.UTF8.GetBytes(json)).Reason!;
}
