using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Group-sequential designs of all kinds, and what is said after a stop.</summary>
internal static class StageCells
{
    private static readonly double s_drift = StandardNormal.Critical(0.05) + StandardNormal.Quantile(0.8);
    private static readonly double[] s_uneven = [0.1, 0.35, 0.4, 0.8, 1];
    private static readonly double[] s_quarters = [0.25, 0.5, 0.75, 1];
    private static readonly GroupSequentialDesign s_four = GroupSequentialDesign.Spending(4, SpendingFunction.OBrienFleming);

    public static IEnumerable<Cell> All()
    {
        foreach (var (name, design) in new[]
        {
            ("O'Brien–Fleming spending", GroupSequentialDesign.Spending(s_uneven, SpendingFunction.OBrienFleming)),
            ("Pocock spending", GroupSequentialDesign.Spending(s_uneven, SpendingFunction.Pocock)),
            ("Hwang–Shih–DeCani spending, γ = −4", GroupSequentialDesign.Spending(s_uneven, SpendingFunction.HwangShihDeCani(-4))),
            ("Kim–DeMets spending, ρ = 2", GroupSequentialDesign.Spending(s_uneven, SpendingFunction.KimDeMets(2))),
            ("custom spending", GroupSequentialDesign.Spending(s_uneven, SpendingFunction.Custom(s_quarters, [0.1, 0.2, 0.5, 1]))),
            ("classical O'Brien–Fleming", GroupSequentialDesign.OBrienFleming(s_uneven)),
            ("classical Pocock", GroupSequentialDesign.Pocock(s_uneven)),
            ("Wang–Tsiatis, Δ = .25", GroupSequentialDesign.WangTsiatis(s_uneven, 0.25)),
            ("Haybittle–Peto", GroupSequentialDesign.HaybittlePeto(s_uneven)),
            ("O'Brien–Fleming spending, over-running to 1.2", GroupSequentialDesign.Spending([0.3, 0.7, 1.2], SpendingFunction.OBrienFleming)),
        })
            yield return new Cell($"group-sequential, {name}, looks at {string.Join(", ", design.InformationFractions)}", "normal statistics", Promise.Exact, 0.05)
            {
                Null = (ref RandomStream r) => new(Stops(ref r, design, 0)),
                Effect = (ref RandomStream r) => new(Stops(ref r, design, s_drift)),
                EffectSize = "power .80 of one test",
                ExpectedPower = GroupSequentialPower.Of(design, s_drift),
                Cost = 3,
            };
        yield return Futility(true);
        yield return Futility(false);
        foreach (var (p, units, effect) in new[] { (0.5, 400, 0.1), (0.05, 1200, 0.03), (0.02, 3000, 0.012) })
            yield return Cell.Of("group-sequential, O'Brien–Fleming spending, 4 looks, pooled z; score interval at the bound", FormattableString.Invariant($"p = {p}, to {units:N0} an arm"), Promise.Asymptotic, (ref RandomStream r, double d) => Rates(ref r, p, units, d), effect, 10);
        yield return Cell.Of("sequential p-value ≤ .05 at any of 4 looks", "normal statistics, O'Brien–Fleming spending", Promise.Exact, (ref RandomStream r) => new(Sequential(ref r)), 100);
        foreach (var (drift, said) in new[] { (0.0, "no effect"), (s_drift, "effect of power .80"), (4.0, "a large effect") })
        {
            var truth = new StageWiseDistribution(s_four, drift);
            yield return Cell.Of("stage-wise interval after the stop, 4 looks", $"normal statistics, {said}", Promise.Exact, (ref RandomStream r) => After(ref r, drift, (look, z) => truth.IsCovered(look, z)), 2);
            yield return new Cell("median-unbiased estimate after the stop, 4 looks: above the truth (half of the time)", $"normal statistics, {said}", Promise.Exact, 0.5)
            {
                Null = (ref RandomStream r) => new(!After(ref r, drift, (look, z) => truth.AtLeast(look, z) >= 0.5).Rejected),
                Cost = 2,
            };
            yield return Cell.Of("repeated interval at the stop, 4 looks", $"normal statistics, {said}", Promise.Exact, (ref RandomStream r) =>
                After(ref r, drift, (look, z) => s_four.RepeatedInterval(look, z / Math.Sqrt(look / 4.0), 1 / Math.Sqrt(look / 4.0)).Contains(drift)), 2);
            yield return Cell.Of("the fixed interval after a stop, 4 looks: what it would cost", $"normal statistics, {said}", Promise.Published, (ref RandomStream r) =>
                After(ref r, drift, (look, z) => Math.Abs(z - drift * Math.Sqrt(look / 4.0)) <= 1.959963984540054), 2, "not valid after a stop");
        }
        yield return Cell.Of("stage-wise interval after the stop, solved as a report does", "normal statistics, effect of power .80", Promise.Exact, (ref RandomStream r) =>
            After(ref r, s_drift, (look, z) => StageWise.Estimate(s_four, look, z).DriftInterval.Contains(s_drift)), 60);
        yield return Cell.Of("hybrid: the final interval", "normal statistics, harm at any of 14 looks, effect of power .80", Promise.Exact, (ref RandomStream r) => HybridInterval(ref r), 3);
    }

    private static bool Stops(ref RandomStream random, GroupSequentialDesign design, double drift)
    {
        double score = 0, before = 0;
        for (var k = 0; k < design.InformationFractions.Count; k++)
        {
            var t = design.InformationFractions[k];
            score += drift * (t - before) + random.Normal() * Math.Sqrt(t - before);
            before = t;
            if (Math.Abs(score) / Math.Sqrt(t) >= design.CriticalValues[k]) return true;
        }
        return false;
    }

    private static Cell Futility(bool obeyed)
    {
        var design = GroupSequentialDesign.Spending(s_quarters, SpendingFunction.OBrienFleming, 0.025, twoSided: false);
        var futility = BetaSpending.NonBinding(design, SpendingFunction.HwangShihDeCani(-2));
        Trial At(double drift) => (ref RandomStream r) =>
        {
            double score = 0;
            for (var k = 0; k < 4; k++)
            {
                score += drift / 4 + r.Normal() / 2;
                var z = score / Math.Sqrt(s_quarters[k]);
                if (z >= design.CriticalValues[k]) return new(true);
                if (obeyed && z <= futility.Bounds[k]) return new(false);
            }
            return new(false);
        };
        return new Cell($"group-sequential with non-binding futility, one-sided, 4 looks, {(obeyed ? "obeyed" : "ignored")}", "normal statistics", Promise.Exact, 0.025)
        {
            Null = At(0),
            Effect = At(futility.Drift),
            EffectSize = "the drift planned for",
            ExpectedPower = obeyed ? 0.8 : null,
            Cost = 2,
        };
    }

    private static Outcome Rates(ref RandomStream random, double rate, int units, double effect)
    {
        long control = 0, treatment = 0;
        for (var look = 1; ; look++)
        {
            control += random.Binomial(units / 4, rate);
            treatment += random.Binomial(units / 4, rate + effect);
            Proportion c = new(control, units / 4 * look), t = new(treatment, units / 4 * look);
            var z = TwoProportions.PooledZ(c, t);
            var crossed = z.IsEstimable && Math.Abs(z.Value) >= s_four.CriticalValues[look - 1];
            if (!crossed && look < 4) continue;
            var alpha = 2 * StandardNormal.UpperTail(s_four.CriticalValues[look - 1]);
            return new(crossed, ScoreInterval.Of(c, t, alpha).Contains(effect));
        }
    }

    private static bool Sequential(ref RandomStream random)
    {
        double score = 0;
        for (var look = 1; look <= 4; look++)
        {
            score += random.Normal() / 2;
            if (SequentialPValue.Of(s_quarters.AsSpan(0, look), SpendingFunction.OBrienFleming, score / Math.Sqrt(look / 4.0), look == 4) <= 0.05) return true;
        }
        return false;
    }

    private static Outcome After(ref RandomStream random, double drift, Func<int, double, bool> covers)
    {
        double score = 0;
        for (var look = 1; ; look++)
        {
            score += drift / 4 + random.Normal() / 2;
            var z = score / Math.Sqrt(look / 4.0);
            if (Math.Abs(z) < s_four.CriticalValues[look - 1] && look < 4) continue;
            var covered = covers(look, z);
            return new(!covered, covered);
        }
    }

    private static Outcome HybridInterval(ref RandomStream random)
    {
        double score = 0;
        for (var look = 1; ; look++)
        {
            score += s_drift / 14 + random.Normal() / Math.Sqrt(14);
            var t = look / 14.0;
            var hybrid = Hybrid.Of(score / t, 1 / Math.Sqrt(t), 10_000L * look, 140_000, look == 14);
            if (look == 14 || hybrid.HarmShown) return Outcomes.Interval(hybrid.Interval, s_drift);
        }
    }
}
