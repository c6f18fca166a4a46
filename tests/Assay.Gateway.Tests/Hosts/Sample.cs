using System.Collections.Immutable;
using System.Text.Json;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Gateway.Tests;

/// <summary>Definitions to test with.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Variant Control { get; } = new() { Key = "control", Weight = 0.5, Ranges = [new BucketRange(0, 0.5)], System = new SystemPrompt("Be helpful.", SystemPromptMode.Replace) };
    public static Variant Treatment { get; } = new() { Key = "treatment", Weight = 0.5, Ranges = [new BucketRange(0.5, 1)], System = new SystemPrompt("Cite the policy.", SystemPromptMode.Replace) };

    public static Experiment Experiment(string key = "support-prompt", Variant? control = null, Variant? treatment = null) => new()
    {
        Key = key,
        Unit = UnitKind.Conversation,
        Route = "support-bot",
        Hash = HashKind.Sha256,
        Salt = key,
        Variants = [control ?? Control, treatment ?? Treatment],
        Metrics = [],
        Plan = new AnalysisPlan(),
        DefinitionHash = new string('0', 64),
    };

    /// <summary>The whole range to the treatment, so that every unit gets it.</summary>
    public static Experiment OnlyTreatment(Variant? treatment = null, string key = "support-prompt", Variant? control = null) => Experiment(key,
        (control ?? Control) with { Weight = 0, Ranges = [] }, (treatment ?? Treatment) with { Weight = 1, Ranges = [new BucketRange(0, 1)] });

    public static ExperimentState Running(Experiment experiment, int version = 1) => State(experiment, ExperimentStatus.Running, version);

    public static ExperimentState State(Experiment experiment, ExperimentStatus status, int version = 1, string? chosen = null) => new()
    {
        Experiment = experiment,
        Version = version,
        Status = status,
        CreatedAt = Start,
        Conclusion = chosen is null ? null : new Conclusion("ship", chosen, null, [], false),
    };

    public static DefinitionSet Definitions(Uri upstream, bool withRoute = true, string? keyEnv = "TEST_KEY", params Upstream[] others) => new()
    {
        Upstreams = others.Append(new Upstream("mock", upstream, keyEnv)).ToImmutableDictionary(u => u.Name),
        Routes = withRoute ? ImmutableDictionary<string, Route>.Empty.Add("support-bot", new Route("support-bot", "mock", "gpt-4o-mini")) : ImmutableDictionary<string, Route>.Empty,
        Prices = [new ModelPrice("gpt-4o-mini", 0.15, 0.075, 0.60, null, new DateOnly(2024, 7, 18))],
    };

    public static JsonElement Json(string json) => JsonElement.Parse(json);
}
