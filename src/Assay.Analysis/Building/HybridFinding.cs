using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>One comparison of a hybrid plan: the bounds that hold at all times, and from the planned end on the test of benefit.</summary>
internal sealed record HybridFinding
{
    /// <summary>Of the bounds that hold at all times.</summary>
    public required string Method { get; init; }

    /// <summary>One-sided, over all times: half of alpha, shared equally by the comparisons.</summary>
    public required double HarmAlpha { get; init; }

    /// <summary>Of both arms.</summary>
    public required long Units { get; init; }

    public required double TunedFor { get; init; }

    /// <summary>Both bounds, each at <see cref="HarmAlpha"/>; null before any may act.</summary>
    public Interval? Always { get; init; }

    /// <summary>One-sided; null before any bound may act.</summary>
    public double? HarmPValue { get; init; }

    /// <summary>Why there are no bounds; null when there are.</summary>
    public string? WhyNot { get; init; }

    /// <summary>One-sided, as the family shares the other half of alpha; null before the planned end.</summary>
    public double? BenefitAlpha { get; init; }

    /// <summary>One-sided, of the one look at the planned end; null before it and without a test.</summary>
    public double? BenefitPValue { get; init; }

    /// <summary>False while nobody can tell whether outcomes are complete: then also harm waits.</summary>
    public bool MayAct { get; init; }

    public bool IsFinal => BenefitAlpha is not null;

    /// <summary>What of the interval is not covered, both limits together.</summary>
    public double IntervalAlpha => HarmAlpha + (BenefitAlpha ?? HarmAlpha);

    /// <summary>How each limit of the interval came about, in the keys of <c>assay stats</c>.</summary>
    public JsonObject ToJson(string benefitMethod)
    {
        var harm = new JsonObject { ["method"] = Method, ["promise"] = "always-valid", ["alpha"] = HarmAlpha, ["n"] = Units, ["tunedFor"] = TunedFor, ["pValue"] = HarmPValue };
        if (WhyNot is not null) harm["reason"] = WhyNot;
        var benefit = IsFinal ? new JsonObject { ["method"] = benefitMethod, ["promise"] = "fixed", ["alpha"] = BenefitAlpha, ["pValue"] = BenefitPValue }
            : new JsonObject { ["method"] = Method, ["promise"] = "always-valid", ["alpha"] = HarmAlpha, ["decides"] = "nothing before the planned end" };
        return new JsonObject { ["harmLimit"] = harm, ["benefitLimit"] = benefit };
    }
}
