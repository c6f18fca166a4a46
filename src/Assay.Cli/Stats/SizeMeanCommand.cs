using System.CommandLine;
using Assay.Analysis;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary><c>assay size mean</c>: units to find a difference of two means.</summary>
public static class SizeMeanCommand
{
    private const string Method = "two-sided t test of two means (noncentral t)";

    public static Command Create()
    {
        var options = new SizeOptions();
        var command = new Command("mean",
            "Units to find a difference of two means." + Environment.NewLine + "Example: assay size mean --sd 1.2 --effect .1, or --pilot earlier.csv --column csat" + Environment.NewLine
            + "Example: assay size mean --sd 900 --margin 100 --lower-is-better" + Environment.NewLine + "Example: assay size mean --sd 1.2 --effect .1 --icc .05 --cluster-size 20");
        foreach (var option in options.Typed(MetricType.Mean)) command.Options.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            options.CheckTyped(result);
            var plan = options.Plan(result);
            var pilot = await PilotFile.ReadAsync(result, options, MetricType.Mean, cancellationToken);
            SizeOptions.Write(result, options, Answer(result, options, plan, pilot));
            return ExitCode.Done;
        });
        return command;
    }

    private static SizeAnswer Answer(ParseResult result, SizeOptions options, AnalysisPlan plan, PilotSpread? pilot)
    {
        var treatments = result.GetValue(options.Treatments);
        double power = plan.Power, ratio = result.GetValue(options.Ratio);
        var (alpha, says) = SizeMath.Level(plan.Alpha, treatments, ratio);
        var inflation = SizeMath.Inflation(plan, alpha);
        var given = result.GetValue(options.StandardDeviation);
        var standardDeviation = given ?? pilot?.StandardDeviation
            ?? throw new UsageException("--sd is missing: the size depends on how much units differ", "give --sd S, or --pilot FILE --column C to take it from earlier data");
        SizeOptions.Within("--sd", standardDeviation, 0, double.PositiveInfinity, null);
        var spread = Math.Sqrt(SizeMath.DesignEffect(result, options, pilot));
        if (result.GetValue(options.Margin) is { } margin) return MarginSize.OfMean(result, options, plan, pilot, standardDeviation, spread, margin);
        double? effect = result.GetValue(options.Effect) is { } typed ? typed * Scale(result, options, pilot) : null;
        var wanted = effect.GetValueOrDefault();
        if (result.GetValue(options.Units) is { } units)
        {
            if (effect is not null) throw new UsageException("--n asks for the effect and --effect for the units: give one of them");
            var found = EffectOf(units * (1 + treatments * ratio)) ?? throw new UsageException($"--n {units}: too few units for a test of two means");
            return Complete(new SizeAnswer(SizeMath.Arms(units, ratio, treatments), $"{Method}, {SizeLooks.Describe(plan)}{says}", Finds(found, standardDeviation), "units", plan) { DetectableEffect = found }, found);
        }
        if (effect is null) throw new UsageException("--effect is missing: the smallest difference worth finding", "or --n, to ask what a number of units finds");
        if (wanted == 0) throw new UsageException("--effect must not be 0: no number of units finds nothing");
        if (!double.IsFinite(wanted) || Math.Abs(wanted) < 1e-6 * standardDeviation * spread)
            throw new UsageException($"--effect {Say.Number(wanted)} is out of any experiment's reach at a standard deviation of {Say.Number(standardDeviation)}");
        return Complete(new SizeAnswer(SizeMath.Arms(Needed(standardDeviation), treatments), $"{Method}, {SizeLooks.Describe(plan)}{says}", Finds(wanted, standardDeviation), "units", plan), wanted);

        SizeAnswer Complete(SizeAnswer answer, double target) => SizeMath.Complete(
            answer, alpha, result.GetValue(options.Daily), target, false, EffectOf, pilot, given is null ? sd => sd > 0 ? SizeMath.Total(Needed(sd), treatments) : null : null);

        RequiredSample Needed(double sd) => PlannedDesign.For(plan, alpha) is { } design
            ? GroupSequentialSampleSize.ForMeans(design, sd * spread, wanted, power, ratio) : SampleSize.ForMeans(sd * spread, wanted, alpha, power, ratio);

        double? EffectOf(double total)
        {
            var control = total / (1 + treatments * ratio) / inflation;
            return control * (1 + ratio) > 2.5 ? DetectableEffect.ForMeans(standardDeviation * spread, control, control * ratio, alpha, power) : null;
        }
    }

    internal static double Scale(ParseResult result, SizeOptions options, PilotSpread? pilot)
    {
        if (!result.GetValue(options.Relative)) return 1;
        var mean = result.GetValue(options.Baseline) ?? pilot?.Baseline ?? throw new UsageException("--relative needs the control's mean: --baseline M, or a --pilot file");
        return mean != 0 ? Math.Abs(mean) : throw new UsageException("--relative: the control's mean is 0, and nothing is a fraction of that");
    }

    private static string Finds(double effect, double standardDeviation) =>
        $"a change of {Say.Number(effect)} in a mean with standard deviation {Say.Number(standardDeviation)}";
}
