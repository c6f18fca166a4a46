namespace Assay.Statistics;

/// <summary>Per cluster and arm: how many values and their sum. All that the sandwich errors of a difference need.</summary>
internal sealed record ClusterTotals(double[] ControlN, double[] ControlSum, double[] TreatmentN, double[] TreatmentSum)
{
    public int Clusters => ControlN.Length;

    public static ClusterTotals Of(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<long> clusters)
    {
        Guard.SameLength(treated.Length, values.Length, nameof(treated));
        Guard.SameLength(clusters.Length, values.Length, nameof(clusters));
        var index = new Dictionary<long, int>();
        foreach (var cluster in clusters) index.TryAdd(cluster, index.Count);
        var totals = new ClusterTotals(new double[index.Count], new double[index.Count], new double[index.Count], new double[index.Count]);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException($"element {i} is {values[i]}, not a finite number", nameof(values));
            var g = index[clusters[i]];
            (treated[i] ? totals.TreatmentN : totals.ControlN)[g]++;
            (treated[i] ? totals.TreatmentSum : totals.ControlSum)[g] += values[i];
        }
        return totals;
    }

    /// <summary>Each cluster's mean as a single value.</summary>
    public ClusterTotals PerCluster()
    {
        return new(Ones(ControlN), Means(ControlN, ControlSum), Ones(TreatmentN), Means(TreatmentN, TreatmentSum));

        static double[] Ones(double[] n) => [.. n.Select(x => x > 0 ? 1.0 : 0)];

        static double[] Means(double[] n, double[] sum) => [.. n.Zip(sum, (x, s) => x > 0 ? s / x : 0)];
    }
}
