namespace Assay.Statistics;

/// <summary>The clusters of one arm as sizes and sums; a mean over values is Σ sums / Σ sizes.</summary>
internal sealed class ClusterArms
{
    private readonly double[] _n;
    private readonly double[] _sum;

    private ClusterArms(double[] n, double[] sum)
    {
        (_n, _sum) = (n, sum);
        Values = n.Sum();
        Mean = Values > 0 ? sum.Sum() / Values : 0;
    }

    public int Count => _n.Length;

    public double Values { get; }

    public double Mean { get; }

    public double[] Sizes => _n;

    public double[] Sums => _sum;

    public static (ClusterArms Control, ClusterArms Treatment) Of(ClusterTotals totals, string name)
    {
        for (var g = 0; g < totals.Clusters; g++)
            if (totals.ControlN[g] > 0 && totals.TreatmentN[g] > 0)
                throw new ArgumentException("a cluster lies in both arms; draw the coarsest unit that received one assignment", name);
        return (Arm(totals.ControlN, totals.ControlSum), Arm(totals.TreatmentN, totals.TreatmentSum));

        static ClusterArms Arm(double[] n, double[] sum) => new([.. n.Where(x => x > 0)], [.. sum.Where((_, i) => n[i] > 0)]);
    }

    public double Resampled(ref RandomStream random)
    {
        double n = 0, sum = 0;
        for (var i = 0; i < _n.Length; i++)
        {
            var g = random.Below(_n.Length);
            n += _n[g];
            sum += _sum[g];
        }
        return sum / n;
    }

    public IEnumerable<double> Influence(int sign) => _n.Select((n, i) => sign * (_sum[i] - n * Mean) / Values);
}
