using Assay.Experiments;

namespace Assay.Analysis.Tests;

public sealed class VerdictRulesTests
{
    private static readonly LimitFacts Kept = new("latency_p95", LimitState.Kept, "kept");

    private static PrimaryFacts Primary(double low, double high, double? delta = 0.05, (double, double)? narrow = null, string metric = "resolution") => new()
    {
        Metric = metric,
        Estimate = (low + high) / 2,
        Interval = new TurnedInterval(low, high),
        EquivalenceInterval = narrow is { } n ? new TurnedInterval(n.Item1, n.Item2) : new TurnedInterval(low, high),
        MinimumEffect = delta,
        MoreUnits = 1234,
    };

    private static VerdictFacts Facts(params TreatmentFacts[] treatments) => new() { IsDecisionPoint = true, IsFinal = true, Treatments = [.. treatments] };

    private static TreatmentFacts Treatment(PrimaryFacts primary, params LimitFacts[] limits) => new("b", [primary], [.. limits]);

    [Fact]
    public void Decide_PrimaryAboveZeroAndLimitsKept_Ships()
    {
        var verdict = VerdictRules.Decide(Facts(Treatment(Primary(0.02, 0.08), Kept)));
        Assert.Equal(Decision.Ship, verdict.Decision);
        Assert.Equal("b", verdict.Variant);
        Assert.Contains(verdict.Reasons, r => r.Code == "primary-better");
        Assert.DoesNotContain(verdict.Reasons, r => r.Code == "smaller-than-minimum");
    }

    [Fact]
    public void Decide_WholeIntervalBelowMinimumEffect_ShipsAndSaysSo()
    {
        var verdict = VerdictRules.Decide(Facts(Treatment(Primary(0.01, 0.03))));
        Assert.Equal(Decision.Ship, verdict.Decision);
        Assert.Contains(verdict.Reasons, r => r.Code == "smaller-than-minimum");
    }

    [Fact]
    public void Decide_PrimaryBelowZero_DoesNotShip() =>
        Assert.Equal(Decision.DoNotShip, VerdictRules.Decide(Facts(Treatment(Primary(-0.08, -0.02), Kept))).Decision);

    [Fact]
    public void Decide_PrimaryWinsButLimitBroken_DoesNotShip()
    {
        var verdict = VerdictRules.Decide(Facts(Treatment(Primary(0.02, 0.08), new LimitFacts("latency_p95", LimitState.Broken, "too slow"))));
        Assert.Equal(Decision.DoNotShip, verdict.Decision);
        Assert.Equal("guardrail-broken", verdict.Reasons[0].Code);
        Assert.Equal("latency_p95", verdict.Reasons[0].Metric);
    }

    [Theory]
    [InlineData(LimitState.Undecided, false, "guardrail-undecided")]
    [InlineData(LimitState.NotEstimable, false, "guardrail-not-estimable")]
    [InlineData(LimitState.Undecided, true, "segment-undecided")]
    public void Decide_PrimaryWinsButLimitOpen_Holds(LimitState state, bool isSegment, string code)
    {
        var verdict = VerdictRules.Decide(Facts(Treatment(Primary(0.02, 0.08), Kept, new LimitFacts("x", state, "open", isSegment))));
        Assert.Equal(Decision.Hold, verdict.Decision);
        Assert.Equal(code, verdict.Reasons[0].Code);
    }

    [Fact]
    public void Decide_NarrowIntervalInsideMinimumEffect_IsNoDifference() =>
        Assert.Equal(Decision.NoDifference, VerdictRules.Decide(Facts(Treatment(Primary(-0.055, 0.045, narrow: (-0.045, 0.035))))).Decision);

    [Fact]
    public void Decide_WithoutMinimumEffect_IsNeverNoDifference()
    {
        var verdict = VerdictRules.Decide(Facts(Treatment(Primary(-0.0001, 0.0001, delta: null))));
        Assert.Equal(Decision.Inconclusive, verdict.Decision);
    }

    [Fact]
    public void Decide_WideInterval_IsInconclusiveAndSaysHowManyMoreUnits()
    {
        var verdict = VerdictRules.Decide(Facts(Treatment(Primary(-0.02, 0.08))));
        Assert.Equal(Decision.Inconclusive, verdict.Decision);
        Assert.Contains("1,234 more units", verdict.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_PrimaryNotEstimable_IsInconclusiveWithTheReason()
    {
        var verdict = VerdictRules.Decide(Facts(Treatment(new PrimaryFacts { Metric = "resolution", Reason = "no unit has a value yet" })));
        Assert.Equal(Decision.Inconclusive, verdict.Decision);
        Assert.Equal("primary-not-estimable", verdict.Reasons[0].Code);
        Assert.Contains("no unit has a value yet", verdict.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_BeforeTheEnd_KeepsRunningWhateverTheIntervalSays()
    {
        foreach (var primary in new[] { Primary(0.02, 0.08), Primary(-0.08, -0.02), Primary(-0.001, 0.001) })
            Assert.Equal(Decision.KeepRunning, VerdictRules.Decide(Facts(Treatment(primary)) with { IsDecisionPoint = false, IsFinal = false }).Decision);
    }

    [Fact]
    public void Decide_BeforeTheEnd_OnlyAnAlwaysValidBoundStops()
    {
        var broken = new LimitFacts("error_rate", LimitState.Broken, "too many errors");
        var early = Facts(Treatment(Primary(0.02, 0.08), broken)) with { IsDecisionPoint = false, IsFinal = false };
        Assert.Equal(Decision.KeepRunning, VerdictRules.Decide(early).Decision);
        var valid = Facts(Treatment(Primary(0.02, 0.08), broken with { IsAlwaysValid = true })) with { IsDecisionPoint = false, IsFinal = false };
        Assert.Equal(Decision.DoNotShip, VerdictRules.Decide(valid).Decision);
    }

    [Fact]
    public void Decide_RegisteredLookBeforeTheEnd_NeverSaysNoDifference() =>
        Assert.Equal(Decision.KeepRunning, VerdictRules.Decide(Facts(Treatment(Primary(-0.01, 0.01))) with { IsFinal = false }).Decision);

    [Fact]
    public void Decide_InvalidData_ComesBeforeEverything()
    {
        var facts = Facts(Treatment(Primary(0.02, 0.08))) with { Invalidities = [new VerdictReason("srm", null, "mismatch")], RolledBackReason = "too slow" };
        Assert.Equal(Decision.Invalid, VerdictRules.Decide(facts).Decision);
        Assert.Equal(Decision.RolledBack, VerdictRules.Decide(facts with { Invalidities = [] }).Decision);
    }

    [Theory]
    [InlineData(PrimaryRule.All, Decision.Inconclusive)]
    [InlineData(PrimaryRule.Any, Decision.Ship)]
    public void Decide_OneOfTwoPrimariesWins_DependsOnTheRule(PrimaryRule rule, Decision expected)
    {
        var treatment = new TreatmentFacts("b", [Primary(0.02, 0.08), Primary(-0.02, 0.08, metric: "csat")], []);
        Assert.Equal(expected, VerdictRules.Decide(Facts(treatment) with { Rule = rule }).Decision);
    }

    [Theory]
    [InlineData(PrimaryRule.All)]
    [InlineData(PrimaryRule.Any)]
    public void Decide_OnePrimaryWinsAndAnotherLoses_DoesNotShip(PrimaryRule rule)
    {
        var treatment = new TreatmentFacts("b", [Primary(0.02, 0.08), Primary(-0.08, -0.02, metric: "csat")], []);
        Assert.Equal(Decision.DoNotShip, VerdictRules.Decide(Facts(treatment) with { Rule = rule }).Decision);
    }

    [Fact]
    public void Decide_SeveralPass_NamesTheBestAndSaysWhenTwoCannotBeToldApart()
    {
        var facts = Facts(
            new TreatmentFacts("b1", [Primary(0.02, 0.08)], []), new TreatmentFacts("b2", [Primary(0.03, 0.09)], []), new TreatmentFacts("b3", [Primary(-0.08, -0.02)], []));
        var verdict = VerdictRules.Decide(facts with { Indistinguishable = [new VariantPair("b1", "b2")] });
        Assert.Equal((Decision.Ship, "b2"), (verdict.Decision, verdict.Variant));
        Assert.Contains(verdict.Reasons, r => r.Code == "indistinguishable" && r.Text.Contains("b1", StringComparison.Ordinal));
        Assert.DoesNotContain(VerdictRules.Decide(facts).Reasons, r => r.Code == "indistinguishable");
    }

    [Fact]
    public void Decide_BestVariantBreaksALimit_NamesThePassingOne()
    {
        var verdict = VerdictRules.Decide(Facts(
            new TreatmentFacts("b1", [Primary(0.02, 0.08)], []),
            new TreatmentFacts("b2", [Primary(0.05, 0.11)], [new LimitFacts("cost", LimitState.Broken, "too dear")])));
        Assert.Equal((Decision.Ship, "b1"), (verdict.Decision, verdict.Variant));
        Assert.Contains(verdict.Reasons, r => r.Code == "guardrail-broken");
    }

    [Fact]
    public void Decide_NoVariantPasses_IsNoOnlyWhenAllFail()
    {
        var harmed = new TreatmentFacts("b1", [Primary(-0.08, -0.02)], []);
        var open = new TreatmentFacts("b2", [Primary(-0.02, 0.08)], []);
        Assert.Equal((Decision.Inconclusive, "b2"), Short(VerdictRules.Decide(Facts(harmed, open))));
        Assert.Equal((Decision.DoNotShip, null), Short(VerdictRules.Decide(Facts(harmed, harmed with { Variant = "b2" }))));
        var held = new TreatmentFacts("b3", [Primary(0.02, 0.08)], [new LimitFacts("cost", LimitState.Undecided, "open")]);
        Assert.Equal((Decision.Hold, "b3"), Short(VerdictRules.Decide(Facts(harmed, open, held))));
    }

    [Fact]
    public void Decide_WithoutTreatmentOrPrimary_Throws()
    {
        Assert.Throws<ArgumentException>(() => VerdictRules.Decide(Facts()));
        Assert.Throws<ArgumentException>(() => VerdictRules.Decide(Facts(new TreatmentFacts("b", [], []))));
    }

    private static (Decision, string?) Short(VerdictOutcome outcome) => (outcome.Decision, outcome.Variant);
}
