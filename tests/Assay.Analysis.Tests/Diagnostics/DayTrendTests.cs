using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;
using static Assay.Analysis.Tests.GivenEvents;

namespace Assay.Analysis.Tests.Diagnostics;

/// <summary>Effects by day: the store's sufficient statistics are those of the raw values, and the report says what they mean.</summary>
public sealed class DayTrendTests
{
    private const int Days = 10, Units = 240;

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ReadMoments_Cohort_IsThatOfTheRawValues(int seed)
    {
        var random = new Random(seed);
        var (events, values) = Panel(random, (_, _) => 1e6);
        var mean = GivenExperiment.Mean("quality");
        var sum = mean with { Name = "total", Source = new MetricSource("quality", "value", AggregateKind.Sum), Missing = MissingRule.Zero };
        var ratio = mean with { Name = "rate", Type = MetricType.Ratio, Source = sum.Source, Denominator = new MetricSource("calls", "value", AggregateKind.Sum), Missing = MissingRule.Zero };
        var experiment = GivenExperiment.With(new[] { mean, sum, ratio }.Select(m => new ExperimentMetric(m, MetricRole.Primary)));

        var read = (await MomentsAsync(experiment, events, Start.AddDays(Days))).Diagnostics!.Days;

        for (var arm = 0; arm < 2; arm++)
        {
            Compare(CohortDays.FromValues(values[arm], Days).Value, read[0].Cohort[arm], 1e-6);
            Compare(CohortDays.FromValues([.. values[arm].Select(u => u.Select(x => x ?? (double?)0).ToArray())], Days).Value, read[1].Cohort[arm], 1e-9);
            // Every score is one of its value over two calls.
            Compare(CohortDays.FromValues([.. values[arm].Select(u => u.Select(x => x / 2).ToArray())], Days).Value, read[2].Cohort[arm], 1e-6);
        }

        void Compare(CohortDays expected, CohortArm found, double tolerance)
        {
            Assert.Equal(expected.Units, found.Units);
            for (var day = 0; day < Days; day++)
            {
                Assert.Equal(1, found.Days[day].Value!.Value / expected.Values[day], 1e-12);
                Assert.Equal(1, found.Days[day].StandardError / expected.StandardErrors[day], tolerance);
            }
            Assert.Equal(1, found.SlopeStandardError / expected.SlopeStandardError, tolerance);
        }
    }

    [Theory]
    [InlineData(2.0, -0.3, "novelty")]
    [InlineData(0.2, 0.2, "primacy")]
    [InlineData(1.0, 0.0, null)]
    public async Task Build_EffectOverDays_IsNamed(double first, double perDay, string? code)
    {
        var (events, _) = Panel(new Random(7), (arm, day) => arm == 0 ? 10 : 10 + first + perDay * day);
        var experiment = GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("quality"), MetricRole.Primary)]);
        var report = await ReportAsync(experiment, events, asOf: Start.AddDays(Days));
        var row = Assert.Single(report.Diagnostics!.DaysSinceExposure);
        Assert.Equal(Days, row.Days.Length);
        Assert.InRange(row.Slope!.Value, perDay - 4 * Error(row), perDay + 4 * Error(row));
        Assert.Equal(code is null ? [] : new[] { code }, report.Warnings.Select(w => w.Code).Where(c => c is "novelty" or "primacy"));
        if (code is not null) Assert.Contains("days since exposure", report.Warnings.First(w => w.Code == code).Text, StringComparison.Ordinal);

        static double Error(DayTrendRow row) => (row.SlopeInterval!.Value.High!.Value - row.SlopeInterval.Value.Low!.Value) / 2 / 1.96;
    }

    [Fact]
    public async Task Build_CohortIsFixed_LateUnitsDoNotBendTheLine()
    {
        // Units that enter late have no effect; by day since exposure over everyone this would look like the first days being weaker.
        var random = new Random(3);
        var (events, _) = Panel(random, (arm, _) => arm == 0 ? 10 : 11);
        for (var i = 0; i < 150; i++)
            foreach (var variant in new[] { "control", "treatment" })
            {
                events.Add(Exposure($"late-{variant}-{i}", variant, 8.5));
                events.Add(Outcome($"late-{variant}-{i}", "quality", 10 + Normal(random), 8.6));
            }
        var experiment = GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("quality"), MetricRole.Primary)]);
        var report = await ReportAsync(experiment, events, asOf: Start.AddDays(Days));
        Assert.All(report.Diagnostics!.DaysSinceExposure[0].Units.Values, n => Assert.Equal(Units, n));
        Assert.DoesNotContain(report.Warnings, w => w.Code is "novelty" or "primacy");
        // By day of entry they stand apart.
        Assert.Equal(["2026-03-02", "2026-03-10"], report.Diagnostics.CalendarDays[0].Days.Select(d => d.Group));
    }

    [Fact]
    public async Task Build_UnitsGoneAfterTheFirstDay_SaysWhyThereIsNoTrend()
    {
        List<AssayEvent> events = [];
        for (var i = 0; i < 100; i++)
        {
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment"));
            events.Add(Outcome("u" + i, "resolved", i % 3 == 0 ? 1 : 0, 0.01));
        }
        var report = await ReportAsync(GivenExperiment.With(), events, asOf: Start.AddDays(Days));
        var row = Assert.Single(report.Diagnostics!.DaysSinceExposure);
        Assert.Equal(RowStatus.NotEstimable, row.Status);
        Assert.Contains("after the day of its first exposure", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_QuantilePrimary_SaysWhyItHasNoTrend()
    {
        var events = Enumerable.Range(0, 40).SelectMany(i => new AssayEvent[] { Exposure($"u{i}", i % 2 == 0 ? "control" : "treatment"), Generation($"g{i}", $"u{i}", 1) with { LatencyMs = i } }).ToList();
        var report = await ReportAsync(GivenExperiment.With([new ExperimentMetric(GivenExperiment.Quantile("latency_p50", 0.5), MetricRole.Primary)]), events, asOf: Start.AddDays(9));
        var diagnostics = report.Diagnostics!;
        foreach (var row in new[] { Assert.Single(diagnostics.DaysSinceExposure), Assert.Single(diagnostics.CalendarDays) })
        {
            Assert.Equal(("latency_p50", RowStatus.NotEstimable), (row.Metric, row.Status));
            Assert.Contains("no mean of its days", row.Reason, StringComparison.Ordinal);
        }
        Assert.Contains("latency_p50 of 'treatment' by day since exposure: not estimable: a quantile", ReportText.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_EffectThatChangesByDayOfEntry_IsACalendarTrend()
    {
        var random = new Random(11);
        List<AssayEvent> events = [];
        for (var i = 0; i < 4000; i++)
        {
            var (day, arm) = (i % 8, i / 8 % 2);
            events.Add(Exposure("u" + i, arm == 0 ? "control" : "treatment", day));
            events.Add(Outcome("u" + i, "quality", 10 + arm * (1 - 0.2 * day) + Normal(random), day + 0.1));
        }
        var report = await ReportAsync(GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("quality"), MetricRole.Primary)]), events, asOf: Start.AddDays(9));
        Assert.Equal(8, report.Diagnostics!.CalendarDays[0].Days.Length);
        Assert.Contains(report.Warnings, w => w.Code == "calendar-trend");
    }

    /// <summary>A panel of units that all enter on the first day, and are seen on four of five days.</summary>
    private static (List<AssayEvent> Events, List<double?[]>[] Values) Panel(Random random, Func<int, int, double> mean)
    {
        List<AssayEvent> events = [];
        List<double?[]>[] values = [[], []];
        for (var i = 0; i < 2 * Units; i++)
        {
            var (unit, arm, own) = ("u" + i, i % 2, Normal(random));
            events.Add(Exposure(unit, arm == 0 ? "control" : "treatment"));
            var days = new double?[Days];
            for (var day = 0; day < Days; day++)
            {
                if (random.NextDouble() < 0.2) continue;
                days[day] = mean(arm, day) + own + Normal(random);
                events.Add(Outcome(unit, "quality", days[day]!.Value, day + 0.5));
                events.Add(Outcome(unit, "calls", 2, day + 0.5));
            }
            values[arm].Add(days);
        }
        return (events, values);
    }
}
