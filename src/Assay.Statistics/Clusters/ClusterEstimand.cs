namespace Assay.Statistics;

/// <summary>Which mean a clustered comparison is about; the two differ when large clusters behave unlike small ones.</summary>
public enum ClusterEstimand
{
    /// <summary>The mean over requests: a cluster counts by its size.</summary>
    PerObservation,

    /// <summary>The mean over clusters of their own means: each cluster counts once in each arm it is in.</summary>
    PerCluster,
}
