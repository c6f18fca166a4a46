using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>What several methods read of an arm.</summary>
internal static class ArmInput
{
    /// <summary>How a report's rows share alpha stands beside a row's own arguments.</summary>
    public const string Family = "dunnett";

    public static Proportion Proportion(StatsInput input, string arm)
    {
        long successes = input.Count(arm + "Successes"), total = input.Count(arm + "Total");
        return successes <= total ? new Proportion(successes, total)
            : throw new UsageException($"{arm}Successes: {successes} of {total} is more than all");
    }

    /// <summary>One value per unit, or what a report's row holds of them: N, Mean and Variance.</summary>
    public static SampleMoments Mean(StatsInput input, string arm)
    {
        if (!input.Has(arm + "N")) return SampleMoments.FromValues(input.Numbers(arm));
        input.Ignore(Family);
        return new(input.Count(arm + "N"), input.Number(arm + "Mean"), Variance(input, arm + "Variance"));
    }

    /// <summary>A pair of numbers per unit, or the moments of a report's row.</summary>
    public static RatioMoments Ratio(StatsInput input, string arm)
    {
        if (input.Has(arm + "N"))
        {
            return new(
                input.Count(arm + "N"), input.Number(arm + "MeanNumerator"), input.Number(arm + "MeanDenominator"),
                Variance(input, arm + "VarianceNumerator"), Variance(input, arm + "VarianceDenominator"), input.Number(arm + "Covariance"));
        }
        double[] numerators = input.Numbers(arm + "Numerator"), denominators = input.Numbers(arm + "Denominator");
        if (numerators.Length != denominators.Length)
            throw new UsageException($"{arm}Denominator: has {denominators.Length} elements, but {arm}Numerator has {numerators.Length}");
        return RatioMoments.FromValues(numerators, denominators);
    }

    public static double Variance(StatsInput input, string field) =>
        input.Number(field) is >= 0 and var variance ? variance : throw new UsageException($"{field}: must not be negative");
}
