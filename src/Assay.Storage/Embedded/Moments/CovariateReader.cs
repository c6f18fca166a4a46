using System.Collections.Immutable;
using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>The joint moments of metrics and the plan's covariates, for every arm (and segment value) of a group of units.</summary>
internal static class CovariateReader
{
    public static IEnumerable<(GroupKey Key, int Metric, CovariateMoments Moments)> Read(
        IEnumerable<MetricPlan> all, UnitGroup group, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        var plans = all.Where(p => !p.Value.IsEvents).ToArray();
        if (plans.Length == 0 || context.Covariates is not { } covariates) yield break;
        var aggregates = plans.SelectMany(p => Aggregates(p, covariates, caps.GetValueOrDefault(p.Index)));
        using var result = context.Connection.Query($"""
            SELECT v, {group.SegmentValue}, {string.Join(", ", aggregates)}
            FROM {covariates.Join(MetricSql.Units(plans, context))} WHERE {group.Filter} GROUP BY ALL
            """, context.CancellationToken);
        foreach (var row in result.Rows())
        {
            var key = new GroupKey((int)row.GetInt64(0), row.GetNullableString(1));
            var column = 2;
            foreach (var plan in plans) yield return (key, plan.Index, Read(plan, covariates, context, row, ref column));
        }
    }

    /// <summary>The filled covariates, then the marks of those that are missing somewhere; null for a mark that is 0 everywhere.</summary>
    private static string?[] Variables(CovariateTable covariates) =>
        [.. Enumerable.Range(0, covariates.Count).Select(j => $"f{j}"), .. Enumerable.Range(0, covariates.Count).Select(j => covariates.HasGaps[j] ? $"g{j}" : null)];

    private static IEnumerable<string> Aggregates(MetricPlan plan, CovariateTable covariates, MetricCaps caps)
    {
        string y = MetricSql.Capped($"y{plan.Index}", caps.Value), enters = $"FILTER (y{plan.Index} IS NOT NULL)";
        var variables = Variables(covariates);
        for (var j = 0; j < covariates.Count; j++)
        {
            yield return $"count(*) FILTER (y{plan.Index} IS NOT NULL AND g{j} = 1)";
            yield return $"avg(f{j}) {enters}";
        }
        for (var i = 0; i < variables.Length; i++)
            for (var j = 0; j <= i; j++) yield return Of(variables[i], variables[j]);
        foreach (var variable in variables) yield return Of(y, variable);
        if (plan.Denominator is null) yield break;
        foreach (var variable in variables) yield return Of(MetricSql.Capped($"z{plan.Index}", caps.Denominator), variable);

        string Of(string? a, string? b) => a is null || b is null ? "0::DOUBLE" : $"covar_samp({a}, {b}) {enters}";
    }

    private static CovariateMoments Read(MetricPlan plan, CovariateTable covariates, MomentsContext context, DuckDbRow row, ref int column)
    {
        var (count, declared) = (covariates.Count, context.Experiment.Plan);
        var missing = ImmutableArray.CreateBuilder<long>(count);
        var means = ImmutableArray.CreateBuilder<double>(count);
        for (var j = 0; j < count; j++)
        {
            missing.Add(row.GetInt64(column++));
            means.Add(row.GetNullableDouble(column++) ?? 0);
        }
        return new CovariateMoments
        {
            Names = [.. declared.Covariates.Select(c => c.Name)],
            Missing = missing.MoveToImmutable(),
            Means = means.MoveToImmutable(),
            Covariances = Numbers(row, count * (2 * count + 1), ref column),
            WithValue = Numbers(row, 2 * count, ref column),
            WithDenominator = plan.Denominator is null ? [] : Numbers(row, 2 * count, ref column),
            Theta = declared.Theta,
        };
    }

    private static ImmutableArray<double> Numbers(DuckDbRow row, int count, ref int column)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = row.GetNullableDouble(column++) ?? 0;
        return ImmutableArray.Create(numbers);
    }
}
