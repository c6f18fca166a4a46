namespace Assay.Statistics;

/// <summary>Probability of wins and losses at least as extreme as those seen, at the worst share of ties, counted through.</summary>
internal sealed class TrinomialTail
{
    private const int NuisanceSteps = 64;
    private readonly int _wins, _losses, _n;
    private readonly double[] _ways;
    private readonly double[] _win, _loss, _tie;

    public TrinomialTail(int wins, int losses, int n)
    {
        (_wins, _losses, _n) = (wins, losses, n);
        (_win, _loss, _tie) = (new double[n + 1], new double[n + 1], new double[n + 1]);
        var choose = new double[n + 1, n + 1];
        for (var i = 0; i <= n; i++)
        {
            choose[i, 0] = 1;
            for (var k = 1; k <= i; k++) choose[i, k] = choose[i - 1, k - 1] + (k < i ? choose[i - 1, k] : 0);
        }
        _ways = new double[(n + 1) * (n + 1)];
        for (var w = 0; w <= n; w++)
            for (var l = 0; w + l <= n; l++) _ways[w * (n + 1) + l] = choose[n, w] * choose[n - w, l];
    }

    /// <summary>Whether the tail at this difference exceeds a level for any share of ties.</summary>
    public bool Exceeds(double difference, double level)
    {
        var observed = PairedScore.Statistic(_wins, _losses, _n, difference);
        var extreme = new List<(int Wins, int Losses)>();
        for (var w = 0; w <= _n; w++)
            for (var l = 0; w + l <= _n; l++)
                if (PairedScore.Statistic(w, l, _n, difference) >= observed - 1e-9) extreme.Add((w, l));
        double least = Math.Max(0, -difference), most = (1 - difference) / 2;
        for (var step = 0; step <= NuisanceSteps; step++)
        {
            // From few ties to many: the largest tail is mostly among the former, and one is enough.
            var loss = most - (most - least) * step / NuisanceSteps;
            Powers(_win, Math.Max(0, loss + difference));
            Powers(_loss, loss);
            Powers(_tie, Math.Max(0, 1 - 2 * loss - difference));
            double sum = 0;
            foreach (var (w, l) in extreme) sum += _ways[w * (_n + 1) + l] * _win[w] * _loss[l] * _tie[_n - w - l];
            if (sum > level) return true;
        }
        return false;
    }

    private static void Powers(double[] powers, double value)
    {
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * value;
    }
}
