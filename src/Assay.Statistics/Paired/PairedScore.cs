namespace Assay.Statistics;

/// <summary>Tango's score statistic of a difference of paired proportions.</summary>
internal static class PairedScore
{
    /// <summary>(wins − losses − n·difference) in standard errors under that difference, the share of ties at its maximum likelihood.</summary>
    public static double Statistic(double wins, double losses, double n, double difference)
    {
        if (difference < 0) return -Statistic(losses, wins, n, -difference);
        var top = wins - losses - n * difference;
        double b = -wins - losses + (2 * n - wins + losses) * difference, c = -losses * difference * (1 - difference);
        var loss = (Math.Sqrt(Math.Max(0, b * b - 8 * n * c)) - b) / (4 * n);
        var variance = n * (2 * loss + difference * (1 - difference));
        if (variance > 1e-14 * n) return top / Math.Sqrt(variance);
        return Math.Abs(top) <= 1e-12 * n ? 0 : top > 0 ? double.PositiveInfinity : double.NegativeInfinity;
    }
}
