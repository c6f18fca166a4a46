namespace Assay.Statistics;

/// <summary>Covariates that some units lack: new users have no past.</summary>
public static class MissingCovariate
{
    /// <summary>Fills the gaps with the mean of what is known, and marks them. No unit is left out, so the estimand stays.</summary>
    /// <param name="control">One value per unit; null where there is none.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Level for the test of the missing shares, a probability in (0, 1).</param>
    /// <returns>Filled columns and their marks; not estimable when no unit has a value.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<FilledCovariate> Fill(ReadOnlySpan<double?> control, ReadOnlySpan<double?> treatment, double alpha)
    {
        Guard.Probability(alpha);
        double sum = 0;
        var known = 0;
        foreach (var value in (ReadOnlySpan<double?>)[.. control, .. treatment])
        {
            if (value is not { } number) continue;
            if (!double.IsFinite(number)) throw new ArgumentException($"{number} is not a finite number; a missing value is null", nameof(control));
            known++;
            sum += (number - sum) / known;
        }
        if (known == 0) return new NotEstimable("no unit has a value of the covariate");
        var (filledControl, missingControl) = Fill(control, sum);
        var (filledTreatment, missingTreatment) = Fill(treatment, sum);
        return new FilledCovariate(
            filledControl, filledTreatment, missingControl, missingTreatment,
            TwoProportions.Compare(new((long)missingControl.Sum(), control.Length), new((long)missingTreatment.Sum(), treatment.Length), alpha));
    }

    private static (double[] Values, double[] Missing) Fill(ReadOnlySpan<double?> values, double mean)
    {
        double[] filled = new double[values.Length], missing = new double[values.Length];
        for (var i = 0; i < values.Length; i++) (filled[i], missing[i]) = (values[i] ?? mean, values[i] is null ? 1 : 0);
        return (filled, missing);
    }
}
