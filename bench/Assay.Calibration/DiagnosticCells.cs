using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>What warns: of a wrong split, of effects that change, of segments that differ.</summary>
internal static class DiagnosticCells
{
    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("sample ratio, chi-square", "3 arms at 2 : 1 : 1, 2,000 units", Promise.Asymptotic, (ref RandomStream r, double d) => Outcomes.P(SampleRatio.ChiSquare(Split(ref r, 2000, d), [2, 1, 1]).Map(t => t.PValue)), 0.035) with { EffectSize = "a control of .535" };
        yield return Cell.Of("sample ratio by segment, Holm: any segment", "8 segments of 100 to 800 units, 2 : 1 : 1", Promise.Asymptotic, (ref RandomStream r) => new(Segments(ref r, false)), 5);
        yield return Cell.Of("sample ratio by segment while running, Holm, looked at 20 times: any segment", "8 segments, to 100 to 800 units, 2 : 1 : 1", Promise.Exact, (ref RandomStream r) => new(Running(ref r)), 10);
        yield return Cell.Of("sample ratio of a bandit, Σ(1{A} − e)", "3 arms of p = .1 under Thompson sampling, 50 batches of 20", Promise.Asymptotic, (ref RandomStream r) => Bandit(ref r), 100);
        yield return Cell.Of("assignment: p-values uniform (Kolmogorov)", "50 p-values", Promise.Asymptotic, (ref RandomStream r) => Outcomes.P(AssignmentChecks.Uniformity(Draws.Uniform(ref r, 50), 0.05).Map(t => t.PValue)), 3);
        yield return Cell.Of("assignment: independence of two experiments (Pearson)", "2 × 3 table, 600 units", Promise.Asymptotic, (ref RandomStream r) => Outcomes.P(AssignmentChecks.Independence(Table(ref r, 600)).Map(t => t.PValue)), 3);
        yield return Cell.Of("novelty: trend of the effect by day since exposure", "7 days, 200 units an arm, levels of their own", Promise.Asymptotic, (ref RandomStream r, double d) => Novelty(ref r, 200, false, d), 0.055, 10) with { EffectSize = "0.055 a day" };
        yield return Cell.Of("novelty: trend of the effect by day since exposure", "7 days, 200 units an arm, log-normal, a third of the days unseen", Promise.Asymptotic, (ref RandomStream r, double d) => Novelty(ref r, 200, true, d), 0.055, 10) with { EffectSize = "0.055 a day" };
        yield return Cell.Of("trend by calendar day, units that enter on different days", "10 days, normal effects of known errors", Promise.Exact, (ref RandomStream r, double d) => Calendar(ref r, d), 0.3, 2) with { EffectSize = "0.3 a day" };
        yield return Cell.Of("heterogeneity across segments (Cochran's Q)", "5 segments, 60 units an arm each", Promise.Asymptotic, (ref RandomStream r, double d) => Heterogeneous(ref r, 60, 0, d), 0.7, 10) with { EffectSize = "0.7 in one segment" };
        yield return Cell.Of("heterogeneity across segments (Cochran's Q)", "5 segments, 800 units an arm each, p = .05", Promise.Asymptotic, (ref RandomStream r, double d) => Heterogeneous(ref r, 800, 0.05, d), 0.045, 10) with { EffectSize = "0.045 in one segment" };
    }

    private static long[] Split(ref RandomStream random, long units, double effect = 0)
    {
        var first = random.Binomial(units, 0.5 + effect);
        var second = random.Binomial(units - first, 0.5);
        return [first, second, units - first - second];
    }

    private static bool Segments(ref RandomStream random, bool sequential)
    {
        var groups = new long[8][];
        for (var g = 0; g < groups.Length; g++) groups[g] = Split(ref random, 100 * (g + 1));
        return GroupedSampleRatio.Test(groups, [2, 1, 1], sequential).Any(t => t.AdjustedPValue <= 0.05);
    }

    private static bool Running(ref RandomStream random)
    {
        var groups = new long[8][];
        for (var g = 0; g < groups.Length; g++) groups[g] = new long[3];
        for (var look = 0; look < 20; look++)
        {
            for (var g = 0; g < groups.Length; g++)
            {
                var came = Split(ref random, 5 * (g + 1));
                for (var a = 0; a < 3; a++) groups[g][a] += came[a];
            }
            if (GroupedSampleRatio.Test(groups, [2, 1, 1], sequential: true).Any(t => t.AdjustedPValue <= 0.05)) return true;
        }
        return false;
    }

    private static Outcome Bandit(ref RandomStream random)
    {
        var check = new AllocationCheck(3);
        BanditCells.Play(ref random, new ExplorationFloor(new BetaThompson()), [0.1, 0.1, 0.1], 50, (pull, _) => check.Add(pull.Arm, pull.Propensities));
        return Outcomes.P(check.Test().Map(t => t.PValue));
    }

    private static long[,] Table(ref RandomStream random, int units)
    {
        var table = new long[2, 3];
        for (var i = 0; i < units; i++) table[random.Below(2), random.Below(3)]++;
        return table;
    }

    private static Outcome Novelty(ref RandomStream random, int units, bool rough, double effect)
    {
        Estimated<CohortDays> control = Cohort(ref random, units, rough, 0), treatment = Cohort(ref random, units, rough, effect);
        var trend = EffectTrend.ByDaySinceExposure(control.Value, treatment.Value, 0.05);
        return trend.IsEstimable ? new(trend.Value.PValue <= 0.05, trend.Value.Interval.Contains(effect)) : new(false);
    }

    private static Estimated<CohortDays> Cohort(ref RandomStream random, int units, bool rough, double slope)
    {
        var rows = new double?[units][];
        for (var u = 0; u < units; u++)
        {
            rows[u] = new double?[7];
            var level = random.Normal();
            for (var day = 0; day < 7; day++)
                if (!rough) rows[u][day] = slope * day + level + random.Normal();
                else if (random.Uniform() < 0.67) rows[u][day] = slope * day + Math.Exp(0.5 * level + 0.5 * random.Normal());
        }
        return CohortDays.FromValues(rows, 7);
    }

    private static Outcome Calendar(ref RandomStream random, double slope)
    {
        double[] days = new double[10], effects = new double[10], errors = new double[10];
        for (var day = 0; day < 10; day++)
        {
            (days[day], errors[day]) = (day, 0.5 + random.Uniform());
            effects[day] = 1 + slope * day + errors[day] * random.Normal();
        }
        var trend = EffectTrend.Independent(days, effects, errors, 0.05);
        return new(trend.Value.PValue <= 0.05, trend.Value.Interval.Contains(slope));
    }

    private static Outcome Heterogeneous(ref RandomStream random, int units, double rate, double effect)
    {
        double[] effects = new double[5], errors = new double[5];
        for (var s = 0; s < 5; s++)
        {
            SampleMoments control = Arm(ref random, units, rate, 0), treatment = Arm(ref random, units, rate, s == 0 ? effect : 0);
            var compared = WelchT.Compare(control, treatment, 0.05);
            if (!compared.IsEstimable) return new(false);
            (effects[s], errors[s]) = (compared.Value.Difference, compared.Value.StandardError);
        }
        return Outcomes.P(Heterogeneity.CochranQ(effects, errors).Map(t => t.PValue));
    }

    private static SampleMoments Arm(ref RandomStream random, int units, double rate, double effect) =>
        rate > 0 ? new Proportion(random.Binomial(units, rate + effect), units).ToMoments() : Draws.Moments(ref random, units, effect, 1);
}
