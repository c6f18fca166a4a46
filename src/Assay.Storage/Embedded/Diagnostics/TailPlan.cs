using System.Globalization;

namespace Assay.Storage;

/// <summary>One metric's tail in SQL, over units with its value <c>y</c> and, of a ratio, its denominator <c>z</c>; both are NULL for units that do not enter.</summary>
/// <param name="Plan">The metric.</param>
/// <param name="Caps">Its own caps come first: what they cut is no outlier any more.</param>
internal sealed record TailPlan(MetricPlan Plan, MetricCaps Caps)
{
    private const string LowShare = "0.01", HighShare = "0.99";

    public bool IsRatio => Plan.Denominator is not null;
    public string Y => "y" + MomentsContext.Number(Plan.Index);
    public string Z => IsRatio ? "z" + MomentsContext.Number(Plan.Index) : "1.0::DOUBLE";

    /// <summary>The pooled 1st and 99th percentile of values and denominators; null without units.</summary>
    public (double? Low, double? High) Values { get; private init; }
    public (double? Low, double? High) Denominators { get; private init; }

    /// <summary>The pooled median, or of a ratio the pooled ratio; null without units.</summary>
    public double? Centre { get; private init; }

    /// <summary>The columns of the units.</summary>
    public string Columns => MetricSql.Capped(Y, Caps.Value) + $" AS {Y}" + (IsRatio ? $", {MetricSql.Capped(Z, Caps.Denominator)} AS {Z}" : "");

    /// <summary>What a unit's value is measured by: its distance from the pooled median, of a ratio its distance from the pooled ratio.</summary>
    public string Distance => Centre is not { } centre || !double.IsFinite(centre) ? Y : IsRatio ? $"({Y} - {Literal(centre)} * {Z})" : $"({Y} - {Literal(centre)})";

    public string QuantileAggregates => $"quantile_disc({Y}, [{LowShare}::DOUBLE, 0.5::DOUBLE, {HighShare}::DOUBLE]) AS {Y}"
        + (IsRatio ? $", quantile_disc({Z}, [{LowShare}::DOUBLE, {HighShare}::DOUBLE]) AS {Z}, sum({Y}) / nullif(sum({Z}), 0) AS r{Plan.Index}" : "");

    /// <summary>In the order in which <see cref="WithQuantiles"/> reads them.</summary>
    public string QuantileColumns => $"{Y}[1], {Y}[3], " + (IsRatio ? $"r{Plan.Index}, {Z}[1], {Z}[2]" : $"{Y}[2]");

    public TailPlan WithQuantiles(Func<double?> next)
    {
        var found = this with { Values = (next(), next()), Centre = next() };
        return IsRatio ? found with { Denominators = (next(), next()) } : found;
    }

    /// <summary>Aggregates of the units without the <paramref name="furthest"/>, then of all with the extremes moved to the percentiles, as <see cref="TailSums.Read"/> reads them.</summary>
    public IEnumerable<string> Aggregates(IEnumerable<TailUnit> furthest)
    {
        var left = string.Join(", ", furthest.Select(f => MomentsContext.Number(f.Unit)));
        var rest = left.Length == 0 ? "" : $" FILTER (u NOT IN ({left}))";
        return TailSums.Aggregates(Y, Z, IsRatio, rest).Concat(TailSums.Aggregates(Within(Y, Values), IsRatio ? Within(Z, Denominators) : Z, IsRatio, ""));
    }

    private static string Within(string column, (double? Low, double? High) bounds) => bounds is ({ } low, { } high)
        ? $"(CASE WHEN {column} < {Literal(low)} THEN {Literal(low)} WHEN {column} > {Literal(high)} THEN {Literal(high)} ELSE {column} END)" : column;

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";
}
