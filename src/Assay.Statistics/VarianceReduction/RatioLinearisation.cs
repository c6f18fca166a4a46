namespace Assay.Statistics;

/// <summary>Replaces pairs of numerator and denominator by their ratio, whose spread per unit is that of (y − r·x)/x̄.</summary>
internal static class RatioLinearisation
{
    /// <summary>The first two variables become their ratio; the others stay.</summary>
    public static Estimated<JointMoments> Outcome(JointMoments moments) => Of(moments, prior: false);

    /// <summary>The first two and the next two variables become their ratios.</summary>
    public static Estimated<JointMoments> Both(JointMoments moments) => Of(moments, prior: true);

    private static Estimated<JointMoments> Of(JointMoments m, bool prior)
    {
        if (m.Mean(1) == 0) return new NotEstimable("the denominator is 0: there is nothing to divide by");
        if (prior && m.Mean(3) == 0) return new NotEstimable("the denominator before the exposure is 0: there is nothing to divide by");
        var count = prior ? 2 : m.Variables - 1;
        var weights = new double[count, m.Variables];
        var means = new double[count];
        Ratio(0, 0);
        if (prior) Ratio(1, 2);
        else
        {
            for (var i = 1; i < count; i++)
            {
                weights[i, i + 1] = 1;
                means[i] = m.Mean(i + 1);
            }
        }

        var covariance = new double[count, count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j <= i; j++)
            {
                double sum = 0;
                for (var a = 0; a < m.Variables; a++)
                    for (var b = 0; b < m.Variables; b++) sum += weights[i, a] * m.Covariance(a, b) * weights[j, b];
                covariance[i, j] = covariance[j, i] = i == j ? Math.Max(0, sum) : sum;
            }
        return new JointMoments(m.N, means, covariance);

        void Ratio(int row, int numerator)
        {
            means[row] = m.Mean(numerator) / m.Mean(numerator + 1);
            weights[row, numerator] = 1 / m.Mean(numerator + 1);
            weights[row, numerator + 1] = -means[row] / m.Mean(numerator + 1);
        }
    }
}
