namespace Assay.Statistics;

/// <summary>Per item ψ = λf + (R/π)(Y − λf): the judge's score everywhere, set right by the labels where they were drawn.</summary>
/// <remarks>Unbiased for any λ that the item's own unit did not decide, however bad the judge. A. N. Angelopoulos, J. C. Duchi, T. Zrnic,
/// "PPI++" (2023), arXiv:2311.01453; inverse probabilities as D. G. Horvitz, D. J. Thompson (1952), doi:10.1080/01621459.1952.10483446.</remarks>
public static class PredictionPoweredScores
{
    /// <summary>Below this many labels λ is fitted on other units than those it is used for.</summary>
    public const int CrossFitBelow = 200;

    private const int Folds = 5;

    /// <summary>The scores of one arm, with the λ that makes their sum per unit vary least.</summary>
    /// <param name="traffic">Items of one arm in any order.</param>
    /// <returns>Scores per unit; not estimable below <see cref="PredictionPowered.MinimumLabels"/> labels or
    /// <see cref="PredictionPowered.MinimumOfRarerClass"/> of the rarer class of yes/no labels.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score or label is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside (0, 1].</exception>
    /// <remarks>O(items). Folds follow the order of the units' first items, so equal input gives equal output.</remarks>
    public static Estimated<UnitScores> Of(LabelledTraffic traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        int n = traffic.JudgeScores.Count, labels = 0, yes = 0, no = 0;
        Guard.SameLength(traffic.HumanLabels.Count, n, nameof(traffic));
        Guard.SameLength(traffic.LabelProbabilities.Count, n, nameof(traffic));
        Guard.SameLength(traffic.Units.Count, n, nameof(traffic));
        var index = new Dictionary<long, int>();
        List<double> labelled = [], correction = [], items = [];
        for (var i = 0; i < n; i++)
        {
            double score = traffic.JudgeScores[i], probability = traffic.LabelProbabilities[i];
            Guard.Finite(score, nameof(traffic));
            if (!(probability > 0 && probability <= 1))
                throw new ArgumentOutOfRangeException(nameof(traffic), probability, $"item {i}: the probability of a label must lie in (0, 1]");
            if (index.TryAdd(traffic.Units[i], index.Count))
            {
                labelled.Add(0);
                correction.Add(0);
                items.Add(0);
            }
            var unit = index[traffic.Units[i]];
            items[unit]++;
            // ψ = (R/π)Y − λ(R/π − 1)f, so λ multiplies something with expectation 0.
            if (traffic.HumanLabels[i] is { } label)
            {
                Guard.Finite(label, nameof(traffic));
                labels++;
                if (label == 1) yes++;
                else if (label == 0) no++;
                labelled[unit] += label / probability;
                correction[unit] += (1 / probability - 1) * score;
            }
            else correction[unit] -= score;
        }
        if (labels < PredictionPowered.MinimumLabels) return new NotEstimable($"at least {PredictionPowered.MinimumLabels} human labels are needed; there are {labels}");
        if (yes + no == labels && Math.Min(yes, no) < PredictionPowered.MinimumOfRarerClass)
            return new NotEstimable($"at least {PredictionPowered.MinimumOfRarerClass} human labels of the rarer class are needed; there are {Math.Min(yes, no)}");

        var folds = labels < CrossFitBelow ? Folds : 1;
        double[] lambdas = [.. Enumerable.Range(0, folds).Select(f => Lambda([.. labelled.Where((_, u) => Uses(u, f))], [.. correction.Where((_, u) => Uses(u, f))]))];
        return new UnitScores(
            [.. index.Keys], [.. labelled.Select((value, u) => value - lambdas[u % folds] * correction[u])], items, lambdas, labels);

        bool Uses(int unit, int fold) => folds == 1 || unit % folds != fold;
    }

    private static double Lambda(double[] labelled, double[] correction)
    {
        var moments = RatioMoments.FromValues(labelled, correction);
        return moments.VarianceDenominator > 0 ? Math.Clamp(moments.Covariance / moments.VarianceDenominator, 0, 1) : 0;
    }
}
