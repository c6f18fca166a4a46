using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>At which level an estimator must work so that its interval has a wanted level over all looks.</summary>
/// <param name="Alpha">Two-sided error rate over all looks.</param>
/// <param name="Nominal">Two-sided level to hand to the estimator.</param>
/// <param name="Critical">The same as standard errors.</param>
internal readonly record struct StageLevel(double Alpha, double Nominal, double Critical)
{
    // Beyond eight standard errors no approximation holds, and nothing is claimed.
    private const double Farthest = 8;

    public static StageLevel Of(double alpha, double critical) => new(alpha, 2 * StandardNormal.UpperTail(Math.Min(critical, Farthest)), critical);

    /// <summary>True when the interval is the whole line.</summary>
    public bool IsUnbounded => !(Critical <= Farthest);
}
