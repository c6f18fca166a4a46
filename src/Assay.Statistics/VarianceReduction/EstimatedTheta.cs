namespace Assay.Statistics;

/// <summary>What estimating the coefficients from the same units adds to the variance of an adjusted difference.</summary>
/// <param name="Factor">By which residual variances understate, and degrees of freedom overstate; not positive when nothing is left.</param>
/// <param name="Imbalance">Variance of the coefficients times the squared difference of the covariates' means.</param>
internal readonly record struct EstimatedTheta(double Factor, double Imbalance)
{
    public static EstimatedTheta None { get; } = new(1, 0);

    public static EstimatedTheta Of(JointMoments control, JointMoments treatment, int coefficients, double varianceC, double varianceT)
    {
        double within = control.N + treatment.N - 2, left = within - coefficients;
        if (!(left > 0)) return default;
        var covariates = control.Variables - 1;
        var products = new double[covariates, covariates];
        var difference = new double[covariates];
        for (var i = 0; i < covariates; i++)
        {
            difference[i] = treatment.Mean(i + 1) - control.Mean(i + 1);
            for (var j = 0; j < covariates; j++)
                products[i, j] = control.Covariance(i + 1, j + 1) * (control.N - 1) + treatment.Covariance(i + 1, j + 1) * (treatment.N - 1);
        }
        var (solution, _) = CovarianceMatrix.Solve(products, difference);
        double distance = 0;
        for (var i = 0; i < covariates; i++) distance += solution[i] * difference[i];
        return new(within / left, Math.Max(0, distance) * ((control.N - 1) * varianceC + (treatment.N - 1) * varianceT) / left);
    }
}
