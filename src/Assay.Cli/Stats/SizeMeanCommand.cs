using System.CommandLine;
using Assay.Analysis;
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
            "Units to find a difference of two means." + Environment.NewLine + "Example: assay size mean --sd 1.2 --effect .1, or --pilot earlier.csv --column csat");
        foreach (var option in options.Typed(isMean: true)) command.Options.Add(option);
        command.SetAction(result =>
        {
            options.CheckTyped(result);
            SizeOptions.Write(result, Answer(result, options), result.GetValue(options.Format)!);
        });
        return command;
    }

    private static SizeAnswer Answer(ParseResult result, SizeOptions options)
    {
        var plan = options.Plan(result);
        double alpha = plan.Alpha, power = plan.Power, ratio = result.GetValue(options.Ratio);
        if (power <= alpha) throw new UsageException("--power must be above --alpha");
        var pilot = PilotFile.Read(result, options);
        var standardDeviation = result.GetValue(options.StandardDeviation) ?? (pilot is { } p ? Math.Sqrt(p.Variance) : null as double?)
            ?? throw new UsageException("--sd is missing: the size depends on how much units differ", "give --sd S, or --pilot FILE --column C to take it from earlier data");
        if (pilot is not null && !(standardDeviation > 0)) throw new UsageException("--pilot: all its values are the same, so nothing can be planned from them");
        SizeOptions.Within("--sd", standardDeviation, 0, double.PositiveInfinity, null);
        double? effect = result.GetValue(options.Effect) is { } given ? given * Scale(result, options, pilot) : null;
        if (result.GetValue(options.Units) is { } units)
        {
            if (effect is not null) throw new UsageException("--n asks for the effect and --effect for the units: give one of them");
            var inflation = SizeMath.Inflation(plan);
            var found = DetectableEffect.ForMeans(standardDeviation, units / inflation, units * ratio / inflation, alpha, power);
            return SizeMath.Answer(result, options, plan, SizeMath.Arms(units, ratio), Method, Finds(found, standardDeviation), found);
        }
        var wanted = effect ?? throw new UsageException("--effect is missing: the smallest difference worth finding", "or --n, to ask what a number of units finds");
        if (wanted == 0) throw new UsageException("--effect must not be 0: no number of units finds nothing");
        if (!double.IsFinite(wanted) || Math.Abs(wanted) < 1e-6 * standardDeviation) throw new UsageException($"--effect {Say.Number(wanted)} is out of any experiment's reach at a standard deviation of {Say.Number(standardDeviation)}");
        var needed = PlannedDesign.For(plan, alpha) is { } design
            ? GroupSequentialSampleSize.ForMeans(design, standardDeviation, wanted, power, ratio) : SampleSize.ForMeans(standardDeviation, wanted, alpha, power, ratio);
        return SizeMath.Answer(result, options, plan, SizeMath.Arms(needed), Method, Finds(wanted, standardDeviation), null);
    }

    private static double Scale(ParseResult result, SizeOptions options, SampleMoments? pilot)
    {
        if (!result.GetValue(options.Relative)) return 1;
        var mean = result.GetValue(options.Baseline) ?? pilot?.Mean ?? throw new UsageException("--relative needs the control's mean: --baseline M, or a --pilot file");
        return mean != 0 ? Math.Abs(mean) : throw new UsageException("--relative: the control's mean is 0, and nothing is a fraction of that");
    }

    private static string Finds(double effect, double standardDeviation) =>
        $"a change of {Say.Number(effect)} in a mean with standard deviation {Say.Number(standardDeviation)}";
}
