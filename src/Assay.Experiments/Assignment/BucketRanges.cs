namespace Assay.Experiments;

/// <summary>Fixed ranges of buckets: at any coverage a variant's range starts where it starts at full coverage, so raising coverage only adds units.</summary>
public static class BucketRanges
{
    /// <summary>Cumulative ranges in the order of the weights, each cut to its first <paramref name="coverage"/> share: .2 of 50/50 is [0, .1) and [.5, .6).</summary>
    /// <param name="weights">Non-negative; may be empty.</param>
    /// <param name="coverage">In [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or NaN, or coverage is outside [0, 1].</exception>
    public static BucketRange[] FromWeights(ReadOnlySpan<double> weights, double coverage = 1)
    {
        if (!(coverage is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "must be in [0, 1]");
        var ranges = new BucketRange[weights.Length];
        var start = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0)) throw new ArgumentOutOfRangeException(nameof(weights), weights[i], "must not be negative");
            ranges[i] = new BucketRange(start, start + coverage * weights[i]);
            start += weights[i];
        }
        return ranges;
    }

    /// <summary>1/n each; empty for n below 1.</summary>
    public static double[] EqualWeights(int n)
    {
        if (n < 1) return [];
        var weights = new double[n];
        Array.Fill(weights, 1.0 / n);
        return weights;
    }

    /// <summary>Index of the first range that holds the bucket; -1 when none does.</summary>
    public static int Choose(double bucket, ReadOnlySpan<BucketRange> ranges)
    {
        for (var i = 0; i < ranges.Length; i++)
            if (ranges[i].Contains(bucket)) return i;
        return -1;
    }
}
