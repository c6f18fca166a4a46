using System.Globalization;
using Assay.DuckDb;
using Assay.Events;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.AnalysisBench;

/// <summary>Generated events: conversations with ids as long as real ones, their outcomes spread over two weeks in order of time.</summary>
internal static class SyntheticEvents
{
    public const int Seed = 7;

    /// <summary>What one would write by hand for the same five metrics: the floor to compare with.</summary>
    public const string PlainQuery = """
        SELECT variant, count(*),
            avg(coalesce(resolved, 0)), var_samp(coalesce(resolved, 0)), avg(csat), var_samp(csat),
            avg(coalesce(thumb, 0)), var_samp(coalesce(thumb, 0)), avg(seconds), var_samp(seconds), avg(copied), var_samp(copied)
        FROM (
            SELECT e.unit, any_value(e.variant) AS variant,
                bool_or(value <> 0) FILTER (metric = 'resolved')::INTEGER AS resolved,
                avg(value) FILTER (metric = 'csat') AS csat,
                bool_or(value <> 0) FILTER (metric = 'thumb')::INTEGER AS thumb,
                avg(value) FILTER (metric = 'taskSeconds') AS seconds,
                sum(value) FILTER (metric = 'copied') AS copied
            FROM exposures e JOIN outcomes o ON o.unit = e.unit
            WHERE e.experiment = 'bench' AND e.version = 1 AND o.ts >= e.ts
            GROUP BY e.unit)
        GROUP BY variant ORDER BY variant
        """;

    public static Experiment Experiment { get; } = new()
    {
        Key = "bench",
        Unit = UnitKind.Conversation,
        Hash = HashKind.Sha256,
        Salt = "bench",
        Variants =
        [
            new Variant { Key = "control", Weight = 0.5, Ranges = [new BucketRange(0, 0.5)] },
            new Variant { Key = "treatment", Weight = 0.5, Ranges = [new BucketRange(0.5, 1)] },
        ],
        Metrics =
        [
            Metric("resolved", MetricType.Proportion, AggregateKind.Any, MissingRule.Zero),
            Metric("csat", MetricType.Mean, AggregateKind.Mean, MissingRule.Exclude),
            Metric("thumb", MetricType.Proportion, AggregateKind.Any, MissingRule.Zero),
            Metric("taskSeconds", MetricType.Mean, AggregateKind.Mean, MissingRule.Exclude),
            Metric("copied", MetricType.Mean, AggregateKind.Sum, MissingRule.Exclude),
        ],
        Plan = new AnalysisPlan(),
        DefinitionHash = "00",
    };

    /// <summary>The same with the first metric as the only primary, as most experiments have it.</summary>
    public static Experiment WithOnePrimary { get; } = Experiment with { Metrics = [.. Experiment.Metrics.Select((m, i) => i == 0 ? m : m with { Role = MetricRole.Secondary })] };

    /// <summary>The same with two covariates, and with strata; both are attributes of the exposures.</summary>
    public static Experiment WithCovariates { get; } = Experiment with { Plan = new AnalysisPlan { Covariates = [new Covariate("past", null, null), new Covariate("tenure", null, null)] } };

    public static Experiment WithStrata { get; } = Experiment with { Plan = new AnalysisPlan { Strata = ["plan"] } };

    public static void Write(DuckDbConnection connection, long rows, long units)
    {
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TEMP MACRO draw(i, k) AS (hash(i * 16 + k + {Seed} * 1000003) % 1000000) / 1000000.0;
            CREATE TEMP MACRO id_of(i) AS substr(md5('{Seed}:' || i), 1, 8) || '-' || substr(md5('{Seed}:' || i), 9, 4) || '-4000-8000-' || substr(md5('{Seed}:' || i), 13, 12);
            INSERT INTO exposures
            SELECT id_of(-1 - i), hash(i), 'bench', 1, id_of(i), CASE WHEN draw(i, 1) < 0.5 THEN 'control' ELSE 'treatment' END, draw(i, 1), 0.5, 'assigned',
                TIMESTAMP '2026-01-05' + to_milliseconds(i * 600000000 // {units}), NULL, NULL, id_of(i), NULL, NULL,
                json_object('past', draw(i, 3), 'tenure', CASE WHEN draw(i, 4) < 0.9 THEN draw(i, 5) END, 'plan', ['free', 'pro', 'team', 'edu'][1 + (i % 4)::INTEGER])::VARCHAR
            FROM range({units}) t(i);
            INSERT INTO outcomes
            SELECT id_of(100000000000 + i), TIMESTAMP '2026-01-05' + to_milliseconds(i * 1200000000 // {rows} + 600000000), NULL, m,
                CASE m WHEN 'resolved' THEN (draw(i, 2) < 0.6)::INTEGER WHEN 'csat' THEN 1 + floor(draw(i, 2) * 5) WHEN 'thumb' THEN (draw(i, 2) < 0.3)::INTEGER
                    WHEN 'taskSeconds' THEN -60 * ln(1 - draw(i, 2)) ELSE floor(draw(i, 2) * 4) END,
                NULL, id_of((hash(i + {Seed}) % {units})::BIGINT), NULL, NULL, NULL, NULL
            FROM (SELECT i, ['resolved', 'csat', 'thumb', 'taskSeconds', 'copied'][1 + (i % 5)::INTEGER] AS m FROM range({rows}) t(i));
            CHECKPOINT;
            """));
    }

    /// <exception cref="InvalidOperationException">The two disagree: the comparison would be of different things.</exception>
    public static void Check(DuckDbEventStore store, ExperimentMoments moments)
    {
        var expected = store.WithConnection(c =>
        {
            using var result = c.Query(PlainQuery);
            return result.Rows().Select(r => Enumerable.Range(0, 5).Select(m => r.GetDouble(2 + 2 * m)).ToArray()).ToArray();
        });
        for (var arm = 0; arm < 2; arm++)
            for (var metric = 1; metric < 5; metric += 2)
                if (Math.Abs(moments.Metrics[metric].Arms[arm].Mean - expected[arm][metric]) > 1e-9)
                    throw new InvalidOperationException($"metric {metric} of arm {arm}: {moments.Metrics[metric].Arms[arm].Mean} is not {expected[arm][metric]}");
    }

    private static ExperimentMetric Metric(string name, MetricType type, AggregateKind aggregate, MissingRule missing) => new(new Metric
    {
        Name = name,
        Type = type,
        Better = Direction.Higher,
        Source = new MetricSource(name, "value", aggregate),
        Missing = missing,
    }, MetricRole.Primary);
}
