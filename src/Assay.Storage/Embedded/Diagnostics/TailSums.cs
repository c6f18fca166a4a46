using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>Moments of values y and denominators z that take further units in; sums of squares are around the means.</summary>
internal readonly record struct TailSums(long Units, double MeanY, double MeanZ, double SquaresY, double SquaresZ, double Products, long NonZero)
{
    public static IEnumerable<string> Aggregates(string y, string z, bool isRatio, string filter)
    {
        yield return $"count({y}){filter}";
        yield return $"avg({y}){filter}";
        yield return $"var_samp({y}){filter}";
        if (!isRatio) yield break;
        yield return $"avg({z}){filter}";
        yield return $"var_samp({z}){filter}";
        yield return $"covar_samp({y}, {z}){filter}";
        yield return $"count(nullif({z}, 0)){filter}";
    }

    public static TailSums Read(DuckDbRow row, bool isRatio, ref int column)
    {
        var units = row.GetInt64(column++);
        double meanY = Next(ref column), squaresY = Next(ref column) * Math.Max(units - 1, 0);
        if (!isRatio) return new TailSums(units, meanY, 1, squaresY, 0, 0, units);
        var (meanZ, squaresZ, products) = (Next(ref column), Next(ref column) * Math.Max(units - 1, 0), Next(ref column) * Math.Max(units - 1, 0));
        return new TailSums(units, meanY, meanZ, squaresY, squaresZ, products, row.GetInt64(column++));

        double Next(ref int at) => row.GetNullableDouble(at++) ?? 0;
    }

    /// <summary>With one unit more. Putting in loses no digits; taking the furthest out of sums would.</summary>
    public TailSums With(TailUnit unit)
    {
        var n = Units + 1;
        double dy = unit.Y - MeanY, dz = unit.Z - MeanZ, share = (double)Units / n;
        return new TailSums(n, MeanY + dy / n, MeanZ + dz / n, SquaresY + dy * dy * share, SquaresZ + dz * dz * share, Products + dy * dz * share, NonZero + (unit.Z != 0 ? 1 : 0));
    }

    public MetricArmMoments ToMoments(string variant, bool isRatio)
    {
        var freedom = Math.Max(Units - 1, 1);
        var arm = new MetricArmMoments { Variant = variant, Units = Units, Matured = Units, Answered = Units, Mean = MeanY, Variance = SquaresY / freedom };
        return !isRatio ? arm : arm with
        {
            DenominatorMean = MeanZ,
            DenominatorVariance = SquaresZ / freedom,
            Covariance = Products / freedom,
            NonZeroDenominators = NonZero,
        };
    }
}
