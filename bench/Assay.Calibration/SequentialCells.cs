using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Stopping rules: rejected when any look rejects.</summary>
internal static class SequentialCells
{
    // A fixed test finds the effect with .80: z at the end is 1.96 + .84 in mean.
    private static readonly double Drift = StandardNormal.Critical(0.05) + StandardNormal.Quantile(0.8);
    private static readonly GroupSequentialDesign OBrienFleming = GroupSequentialDesign.Spending(14, SpendingFunction.OBrienFleming);
    private static readonly GroupSequentialDesign Pocock = GroupSequentialDesign.Spending(14, SpendingFunction.Pocock);
    private static readonly double[] Sequence = [.. Enumerable.Range(1, 14).Select(k => AsymptoticConfidenceSequence.Critical(10_000L * k, 0.05, 140_000))];

    public static IEnumerable<Cell> All()
    {
        yield return Looks("naive peeking: z beyond ±1.96 at any of 14 looks", Promise.Published, 0.05, (k, z) => Math.Abs(z) >= 1.959963984540054, null);
        yield return Looks("group-sequential, O'Brien–Fleming spending, 14 looks, uninflated N", Promise.Exact, 0.05, (k, z) => Math.Abs(z) >= OBrienFleming.CriticalValues[k - 1], 0.783);
        yield return Looks("group-sequential, Pocock spending, 14 looks, uninflated N", Promise.Exact, 0.05, (k, z) => Math.Abs(z) >= Pocock.CriticalValues[k - 1], GroupSequentialPower.Of(Pocock, Drift));
        yield return Looks("confidence sequence tuned at the final n, 14 looks (.010 in theory)", Promise.Exact, 0.05, (k, z) => Math.Abs(z) >= Sequence[k - 1], 0.484);
        yield return Looks("one fixed test at the end", Promise.Exact, 0.05, (k, z) => k == 14 && Math.Abs(z) >= 1.959963984540054, 0.80);
        yield return Looks("mixture SPRT, mixing variance set for the end, 14 looks", Promise.Exact, 0.05,
            (k, z) => MixtureSprt.Around(z, 1, MixtureSprt.MixingVarianceFor(1) * k / 14.0).PValue <= 0.05, null);
        yield return Looks("hybrid: harm at any of 14 looks, benefit once at the end", Promise.Exact, 0.05,
            (k, z) => Hybrid.Of(z, 1, 10_000L * k, 140_000, k == 14) is { HarmShown: true } or { BenefitShown: true }, 0.80);
        yield return Cell.Of("confidence sequence of means, one-sided, looked at 100 times from 100 units an arm", "latencies, log-normal (skewness 1.75), to 5,000 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => SkewedSequence(ref r, d), 0.05, 40);
        foreach (var (p, effect) in new[] { (0.5, 0.05), (0.05, 0.02), (0.02, 0.02) })
        {
            var process = new BernoulliEProcess(p, effect);
            yield return Cell.Of("e-process of two rates, looked at 40 times", FormattableString.Invariant($"p = {p}, to 2,000 an arm"), Promise.Exact, (ref RandomStream r, double d) => Evidence(ref r, process, p, d), effect, 5);
            yield return Cell.Of("sequence of one rate, looked at 40 times", FormattableString.Invariant($"p = {p}, to 2,000"), Promise.Exact, (ref RandomStream r) => Rate(ref r, p), 30);
        }
        yield return Cell.Of("quantile sequence, difference of two medians, looked at 20 times", "log-normal, to 2,000 values an arm", Promise.Exact, (ref RandomStream r, double d) => Medians(ref r, d), 0.25, 100);
        yield return Cell.Of("sample ratio while running, looked at 40 times", "50/50, to 4,000 units", Promise.Exact, (ref RandomStream r, double d) => Ratio(ref r, d), 0.03, 10) with { EffectSize = "a share of .53" };
        yield return Cell.Of("quantile sequence, P95, looked at 20 times", "log-normal, to 2,000 values", Promise.Exact, (ref RandomStream r) => Quantile(ref r), 50);
    }

    private static Cell Looks(string method, Promise promise, double alpha, Func<int, double, bool> stops, double? power) => new(method, "normal statistics", promise, alpha)
    {
        Null = (ref RandomStream r) => new(Stops(ref r, 0, stops)),
        Effect = (ref RandomStream r) => new(Stops(ref r, Drift, stops)),
        EffectSize = "power .80 of one test",
        ExpectedPower = power,
        Cost = 2,
    };

    private static bool Stops(ref RandomStream random, double drift, Func<int, double, bool> stops)
    {
        double score = 0;
        for (var k = 1; k <= 14; k++)
        {
            score += drift / 14 + random.Normal() / Math.Sqrt(14);
            if (stops(k, score / Math.Sqrt(k / 14.0))) return true;
        }
        return false;
    }

    private static Outcome SkewedSequence(ref RandomStream random, double effect)
    {
        SampleMoments control = default, treatment = default;
        for (var look = 1; look <= 100; look++)
        {
            var units = look == 1 ? 100 : 50;
            control = control.Merge(SampleMoments.FromValues(Draws.LogNormal(ref random, units, 0.5)));
            treatment = treatment.Merge(SampleMoments.FromValues(Draws.LogNormal(ref random, units, 0.5, effect)));
            if (AsymptoticConfidenceSequence.Compare(control, treatment, 0.05, 5000, Alternative.Greater).Value.PValue <= 0.05) return new(true);
        }
        return new(false);
    }

    private static Outcome Evidence(ref RandomStream random, BernoulliEProcess process, double p, double effect)
    {
        long control = 0, treatment = 0;
        for (var look = 1; look <= 40; look++)
        {
            control += random.Binomial(50, p);
            treatment += random.Binomial(50, p + effect);
            if (process.Of(new Proportion(control, 50L * look), new Proportion(treatment, 50L * look)).PValue <= 0.05) return new(true);
        }
        return new(false);
    }

    private static Outcome Rate(ref RandomStream random, double p)
    {
        long successes = 0;
        for (var look = 1; look <= 40; look++)
        {
            successes += random.Binomial(50, p);
            if (!ProportionConfidenceSequence.Of(new Proportion(successes, 50L * look)).Contains(p)) return new(true);
        }
        return new(false);
    }

    private static Outcome Ratio(ref RandomStream random, double effect)
    {
        long control = 0;
        double smallest = 1;
        for (var look = 1; look <= 40; look++)
        {
            control += random.Binomial(100, 0.5 + effect);
            smallest = SequentialSampleRatio.Test([control, 100L * look - control], [1, 1], 100, smallest).Value.PValue;
        }
        return new(smallest <= 0.05);
    }

    private static Outcome Medians(ref RandomStream random, double effect)
    {
        List<double> control = [], treatment = [];
        for (var look = 1; look <= 20; look++)
        {
            control.AddRange(Draws.LogNormal(ref random, 100, 1));
            treatment.AddRange(Draws.LogNormal(ref random, 100, 1, effect));
            control.Sort();
            treatment.Sort();
            if (QuantileConfidenceSequence.Difference(control.ToArray(), treatment.ToArray(), 0.5, 0.05, 2000) is { IsEstimable: true, Value: var i } && !i.Contains(0)) return new(true);
        }
        return new(false);
    }

    private static Outcome Quantile(ref RandomStream random)
    {
        var values = new List<double>();
        var truth = Math.Exp(StandardNormal.Quantile(0.95));
        for (var look = 1; look <= 20; look++)
        {
            values.AddRange(Draws.LogNormal(ref random, 100, 1));
            values.Sort();
            if (!QuantileConfidenceSequence.Of(values.ToArray(), 0.95, 0.05, 2000).Contains(truth)) return new(true);
        }
        return new(false);
    }
}
