using System.Collections.Immutable;
using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The clusters of one arm: each one's weight and sum where they are known, else moments of one value each.</summary>
internal sealed class ArmClusters
{
    private ArmClusters(double[] weights, double[] sums, SampleMoments moments) => (Weights, Sums, Moments) = (weights, sums, moments);

    public double[] Weights { get; }

    public double[] Sums { get; }

    /// <summary>Only without values.</summary>
    public SampleMoments Moments { get; }

    public bool HasValues => Weights.Length > 0;

    public static ArmClusters Of(ImmutableArray<ClusterTotal> clusters) => new([.. clusters.Select(c => c.Weight)], [.. clusters.Select(c => c.Value)], default);

    public static ArmClusters Of(SampleMoments moments) => new([], [], moments);

    public Estimated<ClusterMean> Mean(double alpha)
    {
        if (HasValues) return ClusterRobust.Mean(Weights, Sums, alpha);
        var (mean, error, n) = (Moments.Mean, Math.Sqrt(Moments.Variance / Moments.N), Moments.N);
        return PairedT.FromDifferences(Moments, alpha).Map(t => new ClusterMean(mean, error, n - 1, t.Interval, (int)n));
    }
}
