using System.Globalization;
using Assay.Statistics.Tests.Reference;
using Assay.Testing;

namespace Assay.Statistics.Tests.Ranking;

public sealed class LengthControlledTests
{
    [Fact]
    public void Fit_TwoGroups_IsTheLogOddsRatioWithItsClassicalSandwich()
    {
        // 30 of 50 against 20 of 60: the saturated model gives the log odds and, up to n/(n − 1), Woolf's error.
        double[][] rows = [.. Enumerable.Range(0, 110).Select(i => new double[] { 1, i < 50 ? 0 : 1 })];
        double[] outcomes = [.. Enumerable.Range(0, 110).Select(i => i is < 30 or (>= 50 and < 70) ? 1.0 : 0)];
        var fit = LogisticRegression.Fit(rows, outcomes).Value;
        Oracle.Near(Math.Log(30 / 20.0), fit.Coefficients[0], 1e-10);
        Oracle.Near(Math.Log(20 / 40.0) - Math.Log(30 / 20.0), fit.Coefficients[1], 1e-10);
        Oracle.Near(Math.Sqrt((1 / 30.0 + 1 / 20.0 + 1 / 20.0 + 1 / 40.0) * 110 / 109), fit.StandardErrors[1], 1e-10);
        Oracle.Near(0.6, fit.Predict([1, 0]), 1e-10);
        // Every row twice in the same cluster is no more information.
        var doubled = LogisticRegression.Fit([.. rows, .. rows], [.. outcomes, .. outcomes], [.. Enumerable.Range(0, 220).Select(i => (long)(i % 110))]).Value;
        Oracle.Near(fit.StandardErrors[1], doubled.StandardErrors[1], 1e-10);
        // Weights are repetitions.
        var weighted = LogisticRegression.Fit(rows, outcomes, default, [.. Enumerable.Repeat(2.0, 110)]).Value;
        Oracle.Near(fit.Coefficients[1], weighted.Coefficients[1], 1e-10);
    }

    [Fact]
    public void Fit_SeparatedOrCollinear_SaysWhy()
    {
        Assert.Contains("separate", LogisticRegression.Fit([[1, 0], [1, 0], [1, 1], [1, 1]], [0, 0, 1, 1]).Reason, StringComparison.Ordinal);
        Assert.Contains("apart", LogisticRegression.Fit([[1, 1], [1, 1], [1, 1]], [0, 1, 1]).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1.0]], [1.5]));
    }

    [Fact]
    public void Estimate_JudgeThatLikesLengthAndTheSecondPlace_IsSeenThrough()
    {
        var random = new Random(3);
        var n = 6000;
        double[] lengths = [.. Enumerable.Range(0, n).Select(_ => 100 + 200 * Draw.Normal(random))];
        int[] first = [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1 : -1)];
        var deviation = Math.Sqrt(SampleMoments.FromValues(lengths).Variance);
        // Truly equal: at the same length and without a place the treatment wins half of the time.
        double[] scores = [.. Enumerable.Range(0, n).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-1.2 * Math.Tanh(lengths[i] / deviation) + 0.4 * first[i])) ? 1.0 : 0)];
        var result = LengthControlled.Estimate(scores, lengths, first, [.. Enumerable.Range(0, n).Select(i => (long)i)], 0.01).Value;
        Assert.True(result.RawWinRate > 0.55);
        Assert.True(result.Interval.Contains(0.5));
        Assert.True(result.LengthCoefficient.Value.Interval.Contains(1.2));
        Assert.True(result.OrderCoefficient.Value.Interval.Contains(-0.8));
        Assert.True(result.LongerPreferred > 0.6);
    }

    [Fact]
    public void Estimate_DegenerateInput_SaysWhy()
    {
        Assert.Contains("same amount", LengthControlled.Estimate([1, 0, 1], [5, 5, 5], [], [1, 2, 3], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("separate", LengthControlled.Estimate([1, 0, 1, 0], [9, -9, 8, -8], [], [1, 2, 3, 4], 0.05).Reason, StringComparison.Ordinal);
        Assert.False(LengthControlled.Estimate([1, 0, 0.5, 1, 0, 1], [9, -9, 8, -8, 1, 3], [1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6], 0.05).Value.OrderCoefficient.IsEstimable);
    }

    /// <summary>AlpacaEval's published length-controlled win rates: length, difficulty and constant, held by two gamed baselines with weight 0.1.</summary>
    [Fact]
    [Trait("Kind", "reference")]
    public void Fit_AlpacaEval_GivesThePublishedLengthControlledWinRates()
    {
        var difficulty = Csv("instruction_difficulty_recovered.csv").Select(r => Number(r["instruction_difficulty"])).ToArray();
        var gamed = Csv("df_gamed_surrogate.csv").Select(r => (Row: (double[])[Math.Tanh(Number(r["std_delta_len"])), Number(r["instruction_difficulty"]), 0], Score: Number(r["preference01_surrogate"]))).ToArray();
        var published = Csv("leaderboard_weighted_alpaca_eval_gpt4_turbo.csv").ToDictionary(r => r[""], r => r["length_controlled_winrate"]);
        var models = Csv("annotations_reduced.csv").GroupBy(r => r["generator_2"]).ToArray();
        Assert.Equal(29, models.Length);
        var gaps = new List<double>();
        foreach (var model in models)
        {
            var rows = model.ToArray();
            double byPlace = Controlled("row"), byIndex = Controlled("index"), expected = Number(published[model.Key]);
            // As published: the difficulty of the instruction at the row's place, which for complete models is the row's own.
            Assert.Equal(expected, byPlace, 0.15);
            if (rows.Length == 805) Assert.Equal(byPlace, byIndex, 1e-9);
            else gaps.Add(byIndex - byPlace);

            double Controlled(string place)
            {
                double[] delta = [.. rows.Select(r => Number(r["len_1"]) - Number(r["len_2"]))];
                var deviation = Math.Sqrt(SampleMoments.FromValues(delta).Variance);
                double[][] own = [.. rows.Select((r, i) => new[] { Math.Tanh(delta[i] / deviation), difficulty[int.Parse(r[place], CultureInfo.InvariantCulture)], 1 })];
                var judged = rows.Select((r, i) => (Row: own[i], Text: r["preference"])).Where(r => r.Text.Length > 0).ToArray();
                var fit = LogisticRegression.Fit(
                    [.. judged.Select(r => r.Row), .. gamed.Select(g => g.Row)], [.. judged.Select(r => Number(r.Text) - 1), .. gamed.Select(g => g.Score)], default,
                    [.. judged.Select(_ => 1.0), .. gamed.Select(_ => 0.1)]).Value;
                return 100 * fit.PredictMean([.. own.Select(r => new[] { 0, r[1], 1 })]).Mean;
            }
        }
        // A missing row shifts every later row's difficulty by one place: models with 804, 804 and 803 rows were published with neighbours' difficulties.
        Assert.Equal(3, gaps.Count);
        Assert.Equal([-2.46, -2.38, 0.09], gaps.Order().Select(g => Math.Round(g, 2)));
    }

    private static IEnumerable<Dictionary<string, string>> Csv(string file)
    {
        var lines = File.ReadLines(SharedData.Require("data/alpacaeval/" + file)).Select(l => l.Split(',')).ToArray();
        return lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(p => p.First, p => p.Second));
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
