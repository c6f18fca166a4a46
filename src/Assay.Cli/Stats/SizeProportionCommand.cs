using System.CommandLine;
using Assay.Analysis;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary><c>assay size proportion</c>: units to find a difference of two shares.</summary>
public static class SizeProportionCommand
{
    private const string Method = "two-sided z test of two proportions (pooled variance under no difference, unpooled under the effect)";

    public static Command Create()
    {
        var options = new SizeOptions();
        var command = new Command("proportion",
            "Units to find a difference of two shares." + Environment.NewLine + "Example: assay size proportion --baseline .60 --effect .05");
        foreach (var option in options.Typed(isMean: false)) command.Options.Add(option);
        command.SetAction(result =>
        {
            options.CheckTyped(result);
            var baseline = result.GetValue(options.Baseline) ?? PilotFile.Read(result, options)?.Mean
                ?? throw new UsageException("--baseline is missing: the control's share, or a --pilot file to take it from");
            SizeOptions.Within("--baseline", baseline, 0, 1, "write .60 for 60 %");
            SizeOptions.Write(result, Answer(result, options, baseline), result.GetValue(options.Format)!);
        });
        return command;
    }

    private static SizeAnswer Answer(ParseResult result, SizeOptions options, double baseline)
    {
        var plan = options.Plan(result);
        double alpha = plan.Alpha, power = plan.Power, ratio = result.GetValue(options.Ratio);
        if (power <= alpha) throw new UsageException("--power must be above --alpha");
        double? effect = result.GetValue(options.Effect) is { } given ? result.GetValue(options.Relative) ? given * baseline : given : null;
        if (result.GetValue(options.Units) is { } units)
        {
            if (effect is not null) throw new UsageException("--n asks for the effect and --effect for the units: give one of them");
            var inflation = SizeMath.Inflation(plan);
            var found = DetectableEffect.ForProportions(baseline, units / inflation, units * ratio / inflation, alpha, power);
            if (!found.IsEstimable) throw new UsageException($"--n {units}: {found.Reason}");
            return SizeMath.Answer(result, options, plan, SizeMath.Arms(units, ratio), Method, Finds(baseline, Say.Rounded(found.Value)), found.Value);
        }
        var wanted = effect ?? throw new UsageException("--effect is missing: the smallest difference worth finding", "or --n, to ask what a number of units finds");
        if (wanted == 0) throw new UsageException("--effect must not be 0: no number of units finds nothing");
        if (baseline + wanted is < 0 or > 1 + 1e-12)
            throw new UsageException(FormattableString.Invariant($"--effect {wanted} leads from {baseline} to {baseline + wanted}, which is no share"), "write .05 for 5 points");
        var needed = PlannedDesign.For(plan, alpha) is { } design
            ? GroupSequentialSampleSize.ForProportions(design, baseline, wanted, power, ratio) : SampleSize.ForProportions(baseline, wanted, alpha, power, ratio);
        return SizeMath.Answer(result, options, plan, SizeMath.Arms(needed), Method, Finds(baseline, wanted), null);
    }

    private static string Finds(double baseline, double effect) => $"a change from {Say.Percent(baseline)} to {Say.Percent(Math.Round(baseline + effect, 9))}";
}
