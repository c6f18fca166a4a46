using System.Globalization;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>The k-th smallest of a column.</summary>
internal static class OrderStatistic
{
    // Products such as .95 · 20 come out a hair above their whole number; as Assay.Statistics takes ranks.
    private const double RankSlack = 1e-9;

    /// <summary>The rank of a quantile among n values, 1 to n: the inverse of the empirical distribution.</summary>
    public static long Rank(long n, double probability) => (long)Math.Clamp(Math.Ceiling(n * probability - RankSlack), 1, n);

    /// <summary>The value of a rank among the <paramref name="count"/> non-null values of column x.</summary>
    public static double Read(DuckDbConnection connection, string source, long rank, long count, CancellationToken cancellationToken)
    {
        // quantile_disc takes the ceil(n·p)-th value; half a rank below keeps rounding away from the edge.
        var share = ((rank - 0.5) / count).ToString("R", CultureInfo.InvariantCulture);
        using var result = connection.Query($"SELECT quantile_disc(x, {share}::DOUBLE) FROM {source}", cancellationToken);
        return result.Rows(cancellationToken).First().GetDouble(0);
    }
}
