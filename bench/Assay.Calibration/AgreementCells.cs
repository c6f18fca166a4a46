using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Raters, rankings of several players, clustered variances: intervals of coefficients.</summary>
internal static class AgreementCells
{
    public static IEnumerable<Cell> All()
    {
        foreach (var (p, items, promise) in new[] { (0.5, 200, Promise.Asymptotic), (0.05, 1000, Promise.Asymptotic), (0.02, 2500, Promise.Asymptotic), (0.2, 40, Promise.Published) })
            yield return Cell.Of("Cohen's kappa", FormattableString.Invariant($"two raters right in .9, p = {p}, {items:N0} items"), promise, (ref RandomStream r) => Kappa(ref r, p, items), Math.Max(1, items / 500), promise == Promise.Published ? "few items" : null);
        foreach (var weights in new[] { KappaWeights.Linear, KappaWeights.Quadratic })
            yield return Cell.Of($"Cohen's kappa, {weights.ToString().ToLowerInvariant()} weights", "5 grades, 200 items", weights == KappaWeights.Linear ? Promise.Asymptotic : Promise.Published, (ref RandomStream r) => Weighted(ref r, weights, 200), 2, weights == KappaWeights.Linear ? null : "the delta method at 200 items: a little liberal");
        yield return Cell.Of("Cohen's kappa, quadratic weights", "5 grades, 800 items", Promise.Asymptotic, (ref RandomStream r) => Weighted(ref r, KappaWeights.Quadratic, 800), 5);
        yield return Cell.Of("Fleiss' kappa", "4 raters right in .85, p = .3, 150 items", Promise.Asymptotic, (ref RandomStream r) => Fleiss(ref r, 150), 20);
        yield return Cell.Of("Krippendorff's alpha, nominal, a fifth of the ratings missing", "4 raters right in .85, p = .3, 100 items", Promise.Asymptotic, (ref RandomStream r) => Alpha(ref r, 100), 100);
        yield return Cell.Of("intraclass correlation, one-way", "30 clusters of 5, normal, correlation .2", Promise.Exact, (ref RandomStream r) => Correlation(ref r, 30, 5), 3);
        yield return Cell.Of("Bradley–Terry, case-clustered error", "4 players, 150 cases, three games a case", Promise.Asymptotic, (ref RandomStream r, double d) => Strengths(ref r, 150, 0, d), 0.5, 40);
        yield return Cell.Of("Bradley–Terry, ties by Davidson, case-clustered error", "4 players, 150 cases, three games a case, a fifth tied", Promise.Asymptotic, (ref RandomStream r, double d) => Strengths(ref r, 150, 0.2, d), 0.5, 80);
        yield return Cell.Of("Bradley–Terry, bootstrap of cases", "3 players, 100 cases, two games a case, 200 resamples", Promise.Published, (ref RandomStream r) => Ratings(ref r, 100), 400, "percentile interval of 200 resamples");
        yield return Cell.Of("length-controlled win rate", "300 cases, longer answers preferred, equal at equal length", Promise.Asymptotic, (ref RandomStream r, double d) => LengthWins(ref r, 300, d), 0.45, 25) with { EffectSize = "log odds of 0.45" };
    }

    private static int Say(ref RandomStream random, int truth, double right) => random.Uniform() < right ? truth : 1 - truth;

    private static Outcome Kappa(ref RandomStream random, double rate, int items)
    {
        int[] a = new int[items], b = new int[items];
        for (var i = 0; i < items; i++)
        {
            var truth = random.Uniform() < rate ? 1 : 0;
            (a[i], b[i]) = (Say(ref random, truth, 0.9), Say(ref random, truth, 0.9));
        }
        return Of(CohensKappa.Estimate(a, b, 2, KappaWeights.Unweighted, 0.05), Chance(rate, 0.9));
    }

    /// <summary>(observed − chance) / (1 − chance) of two raters who are right with a probability, independently at each item.</summary>
    private static double Chance(double rate, double right)
    {
        double agree = right * right + (1 - right) * (1 - right), yes = rate * right + (1 - rate) * (1 - right), chance = yes * yes + (1 - yes) * (1 - yes);
        return (agree - chance) / (1 - chance);
    }

    private static Outcome Weighted(ref RandomStream random, KappaWeights weights, int items)
    {
        int[] a = new int[items], b = new int[items];
        for (var i = 0; i < items; i++)
        {
            var truth = random.Below(5);
            (a[i], b[i]) = (Grade(ref random, truth), Grade(ref random, truth));
        }
        return Of(CohensKappa.Estimate(a, b, 5, weights, 0.05), GradeKappa(weights));

        static int Grade(ref RandomStream r, int truth) => r.Uniform() is var u && u < 0.7 ? truth : u < 0.85 ? Math.Min(4, truth + 1) : Math.Max(0, truth - 1);
    }

    private static double GradeKappa(KappaWeights weights)
    {
        var said = new double[5, 5];
        for (var truth = 0; truth < 5; truth++)
        {
            said[truth, truth] += 0.7;
            said[truth, Math.Min(4, truth + 1)] += 0.15;
            said[truth, Math.Max(0, truth - 1)] += 0.15;
        }
        double observed = 0, chance = 0;
        for (var i = 0; i < 5; i++)
            for (var j = 0; j < 5; j++)
            {
                var distance = Math.Abs(i - j) / 4.0;
                double weight = 1 - (weights == KappaWeights.Linear ? distance : distance * distance), first = 0, second = 0, both = 0;
                for (var truth = 0; truth < 5; truth++) (first, second, both) = (first + said[truth, i] / 5, second + said[truth, j] / 5, both + said[truth, i] * said[truth, j] / 5);
                (observed, chance) = (observed + weight * both, chance + weight * first * second);
            }
        return (observed - chance) / (1 - chance);
    }

    private static Outcome Fleiss(ref RandomStream random, int items)
    {
        var counts = new int[items][];
        for (var i = 0; i < items; i++)
        {
            counts[i] = new int[2];
            var truth = random.Uniform() < 0.3 ? 1 : 0;
            for (var rater = 0; rater < 4; rater++) counts[i][Say(ref random, truth, 0.85)]++;
        }
        return Of(FleissKappa.Estimate(counts, 0.05), Chance(0.3, 0.85));
    }

    private static Outcome Alpha(ref RandomStream random, int items)
    {
        double?[][] ratings = [new double?[items], new double?[items], new double?[items], new double?[items]];
        for (var i = 0; i < items; i++)
        {
            var truth = random.Uniform() < 0.3 ? 1 : 0;
            foreach (var rater in ratings)
            {
                var rating = Say(ref random, truth, 0.85);
                rater[i] = random.Uniform() < 0.2 ? null : rating;
            }
        }
        return Of(KrippendorffAlpha.Estimate(ratings, RatingScale.Nominal, 0.05), Chance(0.3, 0.85));
    }

    private static Outcome Correlation(ref RandomStream random, int clusters, int size)
    {
        var values = new double[clusters * size];
        var ids = new long[values.Length];
        for (var g = 0; g < clusters; g++)
        {
            var level = Math.Sqrt(0.2) * random.Normal();
            for (var i = 0; i < size; i++) (values[g * size + i], ids[g * size + i]) = (level + Math.Sqrt(0.8) * random.Normal(), g);
        }
        return Outcomes.Interval(DesignEffect.Estimate(values, ids, 0.05).Map(c => c.Interval), 0.2);
    }

    /// <summary>Each player is stronger than the one before by a step on the log scale; a case asks several pairs.</summary>
    private static List<Game> Games(ref RandomStream random, int players, int cases, int each, double ties, double step)
    {
        var games = new List<Game>(cases * each);
        for (var c = 0; c < cases; c++)
            for (var g = 0; g < each; g++)
            {
                var left = random.Below(players);
                var right = (left + 1 + random.Below(players - 1)) % players;
                double forLeft = Math.Exp(step * (left - right) / 2.0), forRight = 1 / forLeft, tie = 2 * ties / (1 - ties), u = random.Uniform() * (forLeft + forRight + tie);
                games.Add(new(left, right, u < forLeft ? GameOutcome.LeftWins : u < forLeft + forRight ? GameOutcome.RightWins : GameOutcome.Tie, c));
            }
        return games;
    }

    private static Outcome Strengths(ref RandomStream random, int cases, double ties, double step)
    {
        var fit = BradleyTerry.Fit(Games(ref random, 4, cases, 3, ties, step), 4);
        return fit.IsEstimable ? Outcomes.Of(fit.Value.Compare(2, 1, 0.05), step) : new(false);
    }

    private static Outcome Ratings(ref RandomStream random, int cases)
    {
        var intervals = BradleyTerry.Bootstrap(Games(ref random, 3, cases, 2, 0, 0.3), 3, 0.05, new((long)random.Next(), 200, 1));
        return intervals.IsEstimable ? Outcomes.Interval(intervals.Value[0], 1000 - 400 / Math.Log(10) * 0.3) : new(false);
    }

    private static Outcome LengthWins(ref RandomStream random, int cases, double effect)
    {
        double[] scores = new double[cases], lengths = new double[cases];
        var order = new int[cases];
        var ids = new long[cases];
        for (var i = 0; i < cases; i++)
        {
            var length = 0.5 + random.Normal();
            lengths[i] = 100 * length;
            order[i] = random.Below(2) == 0 ? -1 : 1;
            scores[i] = random.Uniform() < 1 / (1 + Math.Exp(-effect - 1.2 * Math.Tanh(length) - 0.15 * order[i])) ? 1 : 0;
            ids[i] = i;
        }
        return Outcomes.Excludes(LengthControlled.Estimate(scores, lengths, order, ids, 0.05).Map(e => e.Interval), 1 / (1 + Math.Exp(-effect)), 0.5);
    }

    private static Outcome Of(Estimated<AgreementEstimate> result, double truth) => result.IsEstimable ? Outcomes.Interval(result.Value.Interval, truth) : new(false);
}
