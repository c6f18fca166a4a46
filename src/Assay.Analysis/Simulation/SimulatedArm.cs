using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>One metric of one arm and cell so far.</summary>
internal struct SimulatedArm
{
    public long Units;

    /// <summary>Of a proportion; of a quantile drawn at once, the events below the true one.</summary>
    public long Successes;

    /// <summary>Of a mean drawn at once.</summary>
    public SampleMoments Moments;

    /// <summary>Of a ratio; of a mean drawn unit by unit, its values less the control's truth; of a quantile drawn unit by unit, the events below the true one.</summary>
    public double Numerator;

    /// <summary>Of a ratio and a quantile: rows.</summary>
    public double Denominator;

    public double NumeratorSquares;
    public double DenominatorSquares;
    public double Products;

    /// <summary>As <see cref="CovariateSums"/> lays them out; null without covariates and before the first unit.</summary>
    public double[]? Covariates;

    public void Add(in SimulatedArm other)
    {
        Units += other.Units;
        Successes += other.Successes;
        if (other.Moments.N > 0) Moments = Moments.N == 0 ? other.Moments : Moments.Merge(other.Moments);
        Numerator += other.Numerator;
        Denominator += other.Denominator;
        NumeratorSquares += other.NumeratorSquares;
        DenominatorSquares += other.DenominatorSquares;
        Products += other.Products;
        if (other.Covariates is not { } sums) return;
        Covariates ??= new double[sums.Length];
        for (var i = 0; i < sums.Length; i++) Covariates[i] += sums[i];
    }
}
