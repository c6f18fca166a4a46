namespace Assay.Statistics;

/// <summary>Sample ratio mismatch within groups: segments, sources, days. A split that is right overall may be wrong in each of them.</summary>
public static class GroupedSampleRatio
{
    /// <summary>Tests each group against the weights and adjusts by Holm.</summary>
    /// <param name="groups">Units per group and arm, before any exclusion.</param>
    /// <param name="weights">One per arm, in any scale.</param>
    /// <param name="sequential">False: chi-square, for one look at the end. True: Dirichlet-multinomial, which may be looked at all the time.</param>
    /// <returns>As many as there are groups, in their order.</returns>
    /// <exception cref="ArgumentException">A group has another number of arms than the weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count or weight is negative, or a weight is not finite.</exception>
    /// <remarks>See <see cref="SampleRatio"/> and <see cref="SequentialSampleRatio"/>.</remarks>
    public static GroupSampleRatio[] Test(IReadOnlyList<long[]> groups, ReadOnlySpan<double> weights, bool sequential = false)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var tests = new Estimated<double>[groups.Count];
        for (var i = 0; i < tests.Length; i++)
            tests[i] = sequential ? SequentialSampleRatio.Test(groups[i], weights).Map(t => t.PValue) : SampleRatio.ChiSquare(groups[i], weights).Map(t => t.PValue);
        var adjusted = Multiplicity.Holm([.. tests.Where(t => t.IsEstimable).Select(t => t.Value)]);
        var next = 0;
        return [.. tests.Select(t => new GroupSampleRatio(t, t.IsEstimable ? adjusted[next++] : null))];
    }
}
