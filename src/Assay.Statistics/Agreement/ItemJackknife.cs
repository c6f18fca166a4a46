namespace Assay.Statistics;

/// <summary>The error of a coefficient by leaving out items, or groups of them when there are many.</summary>
internal static class ItemJackknife
{
    private const int MostGroups = 200;

    /// <param name="items">Number of items.</param>
    /// <param name="without">The coefficient of the items for which the predicate holds; null where there is none.</param>
    public static (double Error, double DegreesOfFreedom) Error(int items, Func<Func<int, bool>, double?> without)
    {
        var groups = Math.Min(items, MostGroups);
        var left = new List<double>(groups);
        for (var g = 0; g < groups; g++)
            if (without(i => i % groups != g) is { } value) left.Add(value);
        if (left.Count < groups || groups < 2) return (0, 1);
        var moments = SampleMoments.FromValues([.. left]);
        return (Math.Sqrt(moments.Variance * (groups - 1) * (groups - 1) / groups), groups - 1);
    }
}
