using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Judges that err, with human labels beside them.</summary>
internal static class JudgeCells
{
    public static IEnumerable<Cell> All()
    {
        yield return new Cell("Rogan–Gladen, judge's errors known", "p = .3, 400 items, sensitivity .85, specificity .9", Promise.Asymptotic, 0.05)
        {
            Enumerate = () =>
            {
                var (from, chances) = Binomial.Bulk(400, 0.3 * 0.85 + 0.7 * 0.1);
                var missed = chances.Select((q, i) => RoganGladen.Known(new(from + i, 400), 0.85, 0.9, 0.05).Value.Interval.Contains(0.3) ? 0 : q).Sum();
                return new Rates(missed, 1 - missed, null, null);
            },
        };
        foreach (var (p, items, labels, effect, promise) in new[] { (0.5, 1000, 400, 0.12, Promise.Asymptotic), (0.05, 4000, 1000, 0.06, Promise.Published), (0.02, 4000, 2000, 0.045, Promise.Published) })
        {
            var setting = FormattableString.Invariant($"p = {p}, {items:N0} items, {labels} labels, sensitivity .85, specificity .9");
            var note = promise == Promise.Published ? "rare positives: few labels of them, and intervals cut at 0" : null;
            yield return Cell.Of("Rogan–Gladen, judge's errors from labels", setting, promise, (ref RandomStream r) => Corrected(ref r, p, items, labels), 5, note);
            yield return Cell.Of("Rogan–Gladen, difference of two arms", setting, promise, (ref RandomStream r, double d) => CorrectedDifference(ref r, p, items, labels, d), effect, 5, note);
        }
        foreach (var (p, labels, effect) in new[] { (0.5, 200, 0.12), (0.05, 600, 0.04), (0.02, 1500, 0.017) })
        {
            var setting = FormattableString.Invariant($"p = {p}, {labels:N0} labels, {5 * labels:N0} judged, judge right in .8");
            yield return Rate(p, labels, p < 0.1 ? "some 30 positive labels, and an interval of estimate ± t·error: a little liberal" : null);
            yield return Cell.Of("prediction-powered difference of two rates", setting, Promise.Asymptotic, (ref RandomStream r, double d) =>
                Outcomes.Of(PredictionPowered.Compare(Sample(ref r, p, 0.8, labels), Sample(ref r, p + d, 0.8, labels), 0.05).Map(c => c.Of), d), effect, 4 * labels / 100);
        }
        yield return Rate(0.05, 2000, null);
        yield return Cell.Of("prediction-powered rate", "p = .5, 60 labels, 300 judged, judge right in .8", Promise.Published, (ref RandomStream r) =>
            Outcomes.Interval(PredictionPowered.Mean(Sample(ref r, 0.5, 0.8, 60), 0.05).Map(v => v.Interval), 0.5), 5, "few labels: λ is fitted to the labels it weighs");
        yield return Cell.Of("prediction-powered rate", "p = .5, 200 labels, 1,000 judged, a judge that knows nothing", Promise.Asymptotic, (ref RandomStream r) =>
            Outcomes.Interval(PredictionPowered.Mean(Sample(ref r, 0.5, 0.5, 200), 0.05).Map(v => v.Interval), 0.5), 4);
        yield return Cell.Of("prediction-powered mean", "scores 1 to 5 and more, log-normal errors, 300 labels, 1,500 judged", Promise.Asymptotic, (ref RandomStream r) => Scores(ref r, 300), 8);
        foreach (var (share, units, effect) in new[] { (0.3, 400, 0.12), (0.1, 400, 0.2) })
            yield return Cell.Of("prediction-powered traffic, difference", FormattableString.Invariant($"{units} units of 1 to 4 items an arm, labelled with probability {share}"), share > 0.2 ? Promise.Asymptotic : Promise.Published,
                (ref RandomStream r, double d) => Outcomes.Of(PredictionPoweredTraffic.Compare(Traffic(ref r, units, share, 0), Traffic(ref r, units, share, d), 0.05), d), effect, 30,
                share > 0.2 ? null : "some 100 labels an arm: λ is cross-fitted by unit");
    }

    private static Cell Rate(double rate, int labels, string? note) => Cell.Of(
        "prediction-powered rate", FormattableString.Invariant($"p = {rate}, {labels:N0} labels, {5 * labels:N0} judged, judge right in .8"), note is null ? Promise.Asymptotic : Promise.Published,
        (ref RandomStream r) => Outcomes.Interval(PredictionPowered.Mean(Sample(ref r, rate, 0.8, labels), 0.05).Map(v => v.Interval), rate), labels / 50, note);

    private static LabelledSample Sample(ref RandomStream random, double rate, double right, int labels)
    {
        double[] human = new double[labels], judge = new double[labels], rest = new double[5 * labels];
        for (var i = 0; i < labels + rest.Length; i++)
        {
            double truth = random.Uniform() < rate ? 1 : 0, said = random.Uniform() < right ? truth : 1 - truth;
            if (i < labels) (human[i], judge[i]) = (truth, said);
            else rest[i - labels] = said;
        }
        return new(human, judge, rest);
    }

    private static Outcome Scores(ref RandomStream random, int labels)
    {
        double[] human = new double[labels], judge = new double[labels], rest = new double[5 * labels];
        for (var i = 0; i < labels + rest.Length; i++)
        {
            double truth = 3 + random.Normal(), said = truth + Math.Exp(0.5 * random.Normal());
            if (i < labels) (human[i], judge[i]) = (truth, said);
            else rest[i - labels] = said;
        }
        return Outcomes.Interval(PredictionPowered.Mean(new(human, judge, rest), 0.05).Map(v => v.Interval), 3);
    }

    private static LabelledTraffic Traffic(ref RandomStream random, int units, double share, double effect)
    {
        List<double> judge = [], probability = [];
        List<double?> human = [];
        List<long> ids = [];
        for (var u = 0; u < units; u++)
        {
            var rate = 0.3 + 0.4 * random.Uniform() + effect;
            for (var i = random.Below(4); i >= 0; i--)
            {
                double truth = random.Uniform() < rate ? 1 : 0;
                judge.Add(random.Uniform() < 0.8 ? truth : 1 - truth);
                human.Add(random.Uniform() < share ? truth : null);
                probability.Add(share);
                ids.Add(u);
            }
        }
        return new(judge, human, probability, ids);
    }

    private static (Proportion Judged, JudgeErrors Errors) Arm(ref RandomStream random, double rate, int items, int labels)
    {
        var positives = random.Binomial(labels, rate);
        return (new(random.Binomial(items, rate * 0.85 + (1 - rate) * 0.1), items),
            new(new(random.Binomial(positives, 0.85), positives), new(random.Binomial(labels - positives, 0.9), labels - positives)));
    }

    private static Outcome Corrected(ref RandomStream random, double rate, int items, int labels)
    {
        var (judged, errors) = Arm(ref random, rate, items, labels);
        return Outcomes.Interval(RoganGladen.Estimated(judged, errors, 0.05).Map(v => v.Interval), rate);
    }

    private static Outcome CorrectedDifference(ref RandomStream random, double rate, int items, int labels, double effect)
    {
        var (c, errorsC) = Arm(ref random, rate, items, labels);
        var (t, errorsT) = Arm(ref random, rate + effect, items, labels);
        return Outcomes.Of(RoganGladen.Compare(c, errorsC, t, errorsT, 0.05), effect);
    }
}
