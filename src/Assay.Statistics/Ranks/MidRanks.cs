namespace Assay.Statistics;

/// <summary>Ranks in which equal values share their mean rank.</summary>
internal static class MidRanks
{
    /// <summary>Ranks from 1, and Σ(t³ − t) over the groups of t equal values; throws for a value that is not finite.</summary>
    public static (double[] Ranks, double Ties) Of(double[] values, string name)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException($"element {i} is {values[i]}, not a finite number", name);
            order[i] = i;
        }
        var sorted = values.ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        double ties = 0;
        for (int first = 0, next; first < order.Length; first = next)
        {
            for (next = first + 1; next < order.Length && sorted[next] == sorted[first]; next++) { }
            for (var i = first; i < next; i++) ranks[order[i]] = (first + 1 + next) / 2.0;
            double t = next - first;
            ties += t * t * t - t;
        }
        return (ranks, ties);
    }
}
