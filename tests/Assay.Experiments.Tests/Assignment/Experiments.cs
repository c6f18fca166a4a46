using System.Collections.Immutable;

namespace Assay.Experiments.Tests.Assignment;

/// <summary>Small experiments, built without the reader.</summary>
internal static class Experiments
{
    public static Experiment Of(HashKind hash, string salt, double[] weights, double exposure = 1, Audience? audience = null) =>
        WithRanges(hash, salt, exposure, audience, [.. BucketRanges.FromWeights(weights).Select(r => ImmutableArray.Create(r))]);

    public static Experiment WithRanges(HashKind hash, string salt, double exposure, Audience? audience, params ImmutableArray<BucketRange>[] ranges) => new()
    {
        Key = "e",
        Unit = UnitKind.Conversation,
        Hash = hash,
        Salt = salt,
        Variants = [.. ranges.Select((r, i) => new Variant { Key = i == 0 ? "control" : "treatment" + i, Weight = r.Sum(x => x.Width), Ranges = r })],
        Exposure = exposure,
        Audience = audience ?? Audience.Everyone,
        Metrics = [],
        Plan = new AnalysisPlan(),
        DefinitionHash = "",
    };
}
