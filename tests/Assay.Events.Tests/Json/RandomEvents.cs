using System.Globalization;
using System.Text.Json;

namespace Assay.Events.Tests.Json;

/// <summary>Events of every type with every field now set and now not.</summary>
internal sealed class RandomEvents(int seed)
{
    private static readonly string[] Texts = ["a", "Größe", "line\nbreak", "\"quoted\\\"", "🙂", "</script>", "\u0001", " ", "日本語", new string('x', 300)];
    private static readonly double[] Numbers = [0, -0.0, 1, 0.1, 1e-300, double.MaxValue, double.Epsilon, -12.5, 1.0 / 3];
    private readonly Random random = new(seed);

    public AssayEvent Next() => random.Next(5) switch
    {
        0 => Common(new ExposureEvent { Id = "", Timestamp = default, Version = random.Next(1, 9), Unit = Text(), Variant = Text(), Bucket = Maybe(Number), Propensity = Maybe(Number), Reason = Text(), Ids = Ids() }),
        1 => Common(Generation()),
        2 => Common(random.Next(2) == 0
            ? new OutcomeEvent { Id = "", Timestamp = default, Target = Target(), Metric = Text(), Value = Maybe(Number) }
            : new OutcomeEvent { Id = "", Timestamp = default, Target = Target(), Metric = Text(), Text = Text() }),
        3 => Common(new ScoreEvent { Id = "", Timestamp = default, Target = Target(), Metric = Text(), Value = Maybe(Number), JudgeKey = Maybe(), JudgeHash = Maybe(), RubricHash = Maybe(), Reason = Maybe(), Pairwise = Pairwise() }),
        _ => Common(new LabelEvent { Id = "", Timestamp = default, Target = Target(), Metric = Text(), Value = Maybe(Number), Rater = Maybe(), Pairwise = Pairwise() }),
    };

    private GenerationEvent Generation() => new()
    {
        Id = "",
        Timestamp = default,
        Target = new EventTarget(Maybe(), Maybe(), Maybe()),
        Ids = Ids(),
        Assignments = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new GenerationAssignment(Text(), random.Next(9), Text(), Text(), Text()))],
        ResponseId = Maybe(),
        Turn = Maybe(() => random.Next()),
        TraceId = Maybe(),
        Route = Maybe(),
        Model = Maybe(),
        ServedModel = Maybe(),
        Upstream = Maybe(),
        LatencyMs = Maybe(Number),
        TtftMs = Maybe(Number),
        TpotMs = Maybe(Number),
        ItlP95Ms = Maybe(Number),
        InputTokens = Maybe(() => random.NextInt64()),
        CachedInputTokens = Maybe(() => random.NextInt64()),
        OutputTokens = Maybe(() => random.NextInt64()),
        ToolCalls = Maybe(() => random.Next()),
        CostUsd = Maybe(Number),
        Status = (GenerationStatus)random.Next(5),
        ErrorCode = Maybe(),
        FinishReason = Maybe(),
        Cache = Maybe(),
        ParametersHash = Maybe(),
        Empty = Maybe(Flag),
        Refusal = Maybe(Flag),
        JsonValid = Maybe(Flag),
        FallbackReason = Maybe(),
        Request = Maybe(Json),
        Response = Maybe(Json),
        Context = Maybe(Json),
    };

    private T Common<T>(T value) where T : AssayEvent => value with
    {
        Id = Text() + random.Next().ToString(CultureInfo.InvariantCulture),
        Timestamp = new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero),
        Experiment = Maybe(),
        Attributes = Maybe(() => JsonDocument.Parse("""{"plan":"pro","age":3,"vip":true,"none":null}""").RootElement),
        HasClientId = Flag(),
        HasClientTimestamp = Flag(),
    };

    private EventTarget Target() => new(Maybe(), Maybe(), Maybe(), Maybe());
    private UnitIds Ids() => Flag() ? UnitIds.None : new UnitIds(Maybe(), Maybe(), Maybe(), Maybe(), Maybe());
    private PairwiseVerdict? Pairwise() => Flag() ? null : new PairwiseVerdict("TIE", Maybe(), Maybe(), Maybe());
    private JsonElement Json() => JsonDocument.Parse("""{ "messages": [ { "role": "user", "content": "héllo \u00e9 \"x\"" } ], "t": 0.30, "n": [1, [], {}] }""").RootElement;
    private bool Flag() => random.Next(2) == 0;
    private double Number() => Numbers[random.Next(Numbers.Length)];
    private string Text() => Texts[random.Next(Texts.Length)];
    private string? Maybe() => Flag() ? null : Text();
    private T? Maybe<T>(Func<T> make) where T : struct => Flag() ? null : make();
}
