namespace Assay.Statistics;

/// <summary>Strengths of several players.</summary>
public sealed class BradleyTerryFit
{
    private readonly double[,] _clustered;

    internal BradleyTerryFit(double[] logStrength, double[] standardError, double[,] clustered, double? order, double? orderError, double? tie, int cases)
    {
        (LogStrength, StandardError, _clustered, OrderEffect, OrderStandardError, TieParameter, Cases) = (logStrength, standardError, clustered, order, orderError, tie, cases);
        ClusteredStandardError = [.. logStrength.Select((_, i) => Math.Sqrt(clustered[i, i]))];
        var mean = logStrength.Average();
        Ratings = [.. logStrength.Select(s => 1000 + 400 / Math.Log(10) * (s - mean))];
    }

    /// <summary>log strength per player, player 0 at 0.</summary>
    public IReadOnlyList<double> LogStrength { get; }

    /// <summary>Error of each against player 0, games taken as independent; 0 for player 0.</summary>
    public IReadOnlyList<double> StandardError { get; }

    /// <summary>The same with games of one case kept together (sandwich); the one to report.</summary>
    public IReadOnlyList<double> ClusteredStandardError { get; }

    /// <summary>On the scale of chess: 1000 on average, 400 more is ten times the odds.</summary>
    public IReadOnlyList<double> Ratings { get; }

    /// <summary>log odds that being shown first adds; null when it was not asked for.</summary>
    public double? OrderEffect { get; }

    /// <summary>Its case-clustered error.</summary>
    public double? OrderStandardError { get; }

    /// <summary>Davidson's ν: ties among equals are ν / (2 + ν); null without ties or with half wins.</summary>
    public double? TieParameter { get; }

    /// <summary>Cases that the games came from.</summary>
    public int Cases { get; }

    /// <summary>How much stronger one player is than another, with the case-clustered error.</summary>
    /// <param name="player">From 0.</param>
    /// <param name="other">From 0; not the same.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <returns>Difference of log strengths with a normal test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such player, both are the same, or alpha is outside (0, 1).</exception>
    public Estimated<MeanComparison> Compare(int player, int other, double alpha)
    {
        Guard.Probability(alpha);
        ArgumentOutOfRangeException.ThrowIfNegative(player);
        ArgumentOutOfRangeException.ThrowIfNegative(other);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(player, LogStrength.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(other, LogStrength.Count);
        ArgumentOutOfRangeException.ThrowIfEqual(other, player);
        var variance = _clustered[player, player] + _clustered[other, other] - 2 * _clustered[player, other];
        return TwoMeans.Conclude(LogStrength[player] - LogStrength[other], Math.Sqrt(Math.Max(0, variance)), double.PositiveInfinity, alpha, Alternative.TwoSided);
    }
}
