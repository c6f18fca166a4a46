using Assay.Experiments;

namespace Assay.Cli.Analysis;

/// <summary>Reads <c>--metric</c>: <c>column:type</c>, with <c>:lower</c> where less is better; a ratio is <c>numerator/denominator:ratio</c>, a quantile <c>column:p95</c>.</summary>
internal static class MetricOption
{
    /// <exception cref="UsageException">The text is none of these.</exception>
    public static Metric Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0) throw Wrong(text);
        var better = parts.Length == 2 ? Direction.Higher : parts[2] switch
        {
            "higher" => Direction.Higher,
            "lower" => Direction.Lower,
            _ => throw Wrong(text),
        };
        var (column, type) = (parts[0], parts[1]);
        if (type.Length > 1 && type[0] == 'p' && int.TryParse(type.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture, out var percent))
            return percent is > 0 and < 100
                ? Of($"{column}_{type}", MetricType.Quantile, column, better, AggregateKind.Last) with { Quantile = percent / 100.0 }
                : throw Wrong(text);
        return type switch
        {
            "proportion" => Of(column, MetricType.Proportion, column, better, AggregateKind.Any),
            "mean" => Of(column, MetricType.Mean, column, better, AggregateKind.Mean),
            "count" => Of(column, MetricType.Count, column, better, AggregateKind.Sum),
            "ratio" when column.Split('/') is [{ Length: > 0 } numerator, { Length: > 0 } denominator] =>
                Of($"{numerator}_per_{denominator}", MetricType.Ratio, numerator, better, AggregateKind.Sum) with { Denominator = Source(denominator, AggregateKind.Sum) },
            _ => throw Wrong(text),
        };
    }

    private static Metric Of(string name, MetricType type, string column, Direction better, AggregateKind aggregate) => new()
    {
        Name = name,
        Type = type,
        Better = better,
        Source = Source(column, aggregate),
        // An empty cell is a value that is not known, not a zero.
        Missing = MissingRule.Exclude,
    };

    private static MetricSource Source(string column, AggregateKind aggregate) => new(column, "value", aggregate, null, column);

    private static UsageException Wrong(string text) =>
        new($"--metric {text} is not understood", "give column:proportion, column:mean, column:count, column:p95 or numerator/denominator:ratio, and :lower where less is better");
}
