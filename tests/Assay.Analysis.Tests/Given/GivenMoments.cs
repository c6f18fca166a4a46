using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Analysis.Tests;

/// <summary>Moments as a store would read them.</summary>
internal static class GivenMoments
{
    public static ExperimentMoments Of(ImmutableArray<ArmUnits> arms, params MetricMoments[] metrics) => new(null, arms, [.. metrics], []);

    public static ExperimentMoments Of(params MetricMoments[] metrics) =>
        Of([.. metrics[0].Arms.Select(a => new ArmUnits(a.Variant, a.Units, 0))], metrics);

    public static MetricMoments Metric(string name, params MetricArmMoments[] arms) => new(name, [.. arms], [.. arms]);

    public static MetricMoments Proportion(string name, (long Successes, long Units) control, (long Successes, long Units) treatment) =>
        Metric(name, Share("control", control.Successes, control.Units), Share("treatment", treatment.Successes, treatment.Units));

    public static MetricArmMoments Share(string variant, long successes, long units) => new()
    {
        Variant = variant,
        Units = units,
        Matured = units,
        Answered = units,
        Successes = successes,
        Mean = units > 0 ? (double)successes / units : 0,
        Variance = units > 1 ? (double)successes / units * (1 - (double)successes / units) * units / (units - 1) : 0,
    };

    public static MetricMoments Mean(string name, (double Mean, double Sd, long Units) control, (double Mean, double Sd, long Units) treatment) =>
        Metric(name, Value("control", control.Mean, control.Sd, control.Units), Value("treatment", treatment.Mean, treatment.Sd, treatment.Units));

    public static MetricArmMoments Value(string variant, double mean, double sd, long units) => new()
    {
        Variant = variant,
        Units = units,
        Matured = units,
        Answered = units,
        Mean = mean,
        Variance = sd * sd,
    };

    public static MetricArmMoments Quantile(string variant, double value, double? low, double? high, long units = 500) => new()
    {
        Variant = variant,
        Units = units,
        Matured = units,
        Answered = units,
        Quantile = new QuantileArmMoments(units * 3, units, value, 0.01, low, high),
    };
}
