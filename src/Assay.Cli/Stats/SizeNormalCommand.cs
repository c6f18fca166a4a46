using System.CommandLine;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary><c>assay size ratio</c> and <c>assay size quantile</c>: estimates whose variance falls as one over the units, so that all a size needs is what one unit contributes.</summary>
public static class SizeNormalCommand
{
    public static Command CreateRatio() => Create(MetricType.Ratio, "ratio", "Units to find a difference of two ratios of sums, such as cost per resolved conversation." + Environment.NewLine
        + "Example: assay size ratio --pilot earlier.csv --column costUsd --denominator resolved --effect .02" + Environment.NewLine
        + "Example: assay size ratio --sd .5 --baseline .25 --effect .08 --relative");

    public static Command CreateQuantile() => Create(MetricType.Quantile, "quantile", "Units to find a difference of two quantiles, such as P95 latency." + Environment.NewLine
        + "Example: assay size quantile --quantile .95 --pilot earlier.csv --column latencyMs --cluster conversation --effect 200" + Environment.NewLine
        + "Example: assay size quantile --quantile .5 --density .0008 --effect 50");

    private static Command Create(MetricType type, string name, string description)
    {
        var options = new SizeOptions();
        var command = new Command(name, description);
        foreach (var option in options.Typed(type)) command.Options.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            options.CheckTyped(result);
            var plan = options.Plan(result);
            if (type == MetricType.Quantile) SizeOptions.Within("--quantile", result.GetValue(options.Quantile), 0, 1, "write .95 for P95");
            var pilot = await PilotFile.ReadAsync(result, options, type, cancellationToken);
            SizeOptions.Write(result, options, Answer(result, options, plan, type, pilot));
            return ExitCode.Done;
        });
        return command;
    }

    private static SizeAnswer Answer(ParseResult result, SizeOptions options, AnalysisPlan plan, MetricType type, PilotSpread? pilot)
    {
        var treatments = result.GetValue(options.Treatments);
        double power = plan.Power, ratio = result.GetValue(options.Ratio);
        var (alpha, says) = SizeMath.Level(plan.Alpha, treatments, ratio);
        var inflation = SizeMath.Inflation(plan, alpha);
        double? given = Given(result, options, type);
        var spread = given ?? pilot?.StandardDeviation ?? throw new UsageException(
            "--sd is missing: what one unit contributes to the error, which depends on how much units differ", type == MetricType.Ratio ? "--pilot FILE --column C --denominator C takes it from earlier data" : "--pilot FILE --column C takes it from earlier data; or --density");
        SizeOptions.Within("--sd", spread, 0, double.PositiveInfinity, null);
        var what = type == MetricType.Ratio ? "a ratio" : $"the quantile {Say.Number(result.GetValue(options.Quantile))}";
        var method = $"two-sided test of two {(type == MetricType.Ratio ? "ratios by the delta method" : "quantiles by the spread of order statistics")}, {SizeLooks.Describe(plan)}{says}";
        double? effect = result.GetValue(options.Effect) is { } typed ? typed * SizeMeanCommand.Scale(result, options, pilot) : null;
        var wanted = effect.GetValueOrDefault();
        if (result.GetValue(options.Units) is { } units)
        {
            if (effect is not null) throw new UsageException("--n asks for the effect and --effect for the units: give one of them");
            var found = EffectOf(units * (1 + treatments * ratio))!.Value;
            return Complete(new SizeAnswer(SizeMath.Arms(units, ratio, treatments), method, $"a change of {Say.Number(found)} in {what}", "units", plan) { DetectableEffect = found }, found);
        }
        if (effect is null) throw new UsageException("--effect is missing: the smallest difference worth finding", "or --n, to ask what a number of units finds");
        if (wanted == 0) throw new UsageException("--effect must not be 0: no number of units finds nothing");
        if (!double.IsFinite(wanted) || Math.Abs(wanted) < 1e-6 * spread) throw new UsageException($"--effect {Say.Number(wanted)} is out of any experiment's reach where one unit contributes {Say.Number(spread)}");
        return Complete(new SizeAnswer(SizeMath.Arms(Needed(spread), treatments), method, $"a change of {Say.Number(wanted)} in {what}", "units", plan), wanted);

        RequiredSample Needed(double sd) => SizeMath.Times(NormalSampleSize.For(sd * sd, sd * sd, wanted, alpha, power, ratio), inflation, ratio);

        SizeAnswer Complete(SizeAnswer answer, double target) => SizeMath.Complete(
            answer, alpha, result.GetValue(options.Daily), target, false, EffectOf, pilot, given is null ? sd => sd > 0 ? SizeMath.Total(Needed(sd), treatments) : null : null);

        double? EffectOf(double total)
        {
            var control = total / (1 + treatments * ratio) / inflation;
            return NormalSampleSize.DetectableEffect(spread * spread, spread * spread, control, control * ratio, alpha, power);
        }
    }

    private static double? Given(ParseResult result, SizeOptions options, MetricType type)
    {
        var sd = result.GetValue(options.StandardDeviation);
        if (type != MetricType.Quantile || result.GetValue(options.Density) is not { } density) return sd;
        if (sd is not null) throw new UsageException("--sd and --density say the same: give one of them");
        SizeOptions.Within("--density", density, 0, double.PositiveInfinity, null);
        return Math.Sqrt(UnitVariance.OfQuantile(result.GetValue(options.Quantile), density));
    }
}
