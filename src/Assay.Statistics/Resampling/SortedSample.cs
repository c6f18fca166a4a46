namespace Assay.Statistics;

/// <summary>One arm's values in ascending order, and what leaving some out does to a statistic.</summary>
internal sealed class SortedSample
{
    // The acceleration is as good from this many groups as from every unit.
    private const int MostGroups = 200;
    private readonly int[] _group;
    private readonly int _groups;

    public SortedSample(ReadOnlySpan<double> values)
    {
        Values = values.ToArray();
        _groups = Math.Min(values.Length, MostGroups);
        // Groups follow the order in which the values came: taken from the sorted ones they would all be alike.
        _group = new int[values.Length];
        for (var i = 0; i < _group.Length; i++) _group[i] = i % _groups;
        Array.Sort(Values, _group);
    }

    /// <summary>Ascending.</summary>
    public double[] Values { get; }

    public double[] Copy() => [.. Values];

    /// <summary>What leaving out each group does, scaled to one unit's pull.</summary>
    public double[] Jackknife(SampleStatistic statistic, int parallelism)
    {
        var left = new double[_groups];
        Parallel.For(0, _groups, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, () => new double[Values.Length], (g, _, work) =>
        {
            var kept = 0;
            for (var i = 0; i < Values.Length; i++)
            {
                work[kept] = Values[i];
                kept += _group[i] == g ? 0 : 1;
            }
            left[g] = statistic(work.AsSpan(0, kept));
            return work;
        }, _ => { });
        var mean = left.Average();
        return [.. left.Select(v => double.IsFinite(v) ? (mean - v) * (_groups - 1) / _groups : 0)];
    }
}
