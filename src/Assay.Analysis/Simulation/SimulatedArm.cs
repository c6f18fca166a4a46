using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>One metric of one arm so far.</summary>
internal struct SimulatedArm
{
    public long Units;

    /// <summary>Of a proportion; of a quantile, the events below the true one.</summary>
    public long Successes;

    public SampleMoments Moments;
    public double Numerator;
    public double Denominator;
    public double NumeratorSquares;
    public double DenominatorSquares;
    public double Products;
}
