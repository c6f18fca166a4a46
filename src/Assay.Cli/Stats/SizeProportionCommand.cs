using System.CommandLine;
using Assay.Analysis;
using Assay.Experiments;
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
            "Units to find a difference of two shares." + Environment.NewLine + "Example: assay size proportion --baseline .60 --effect .05 --looks 4 --daily 400" + Environment.NewLine
            + "Example: assay size proportion --baseline .60 --margin .03" + Environment.NewLine + "Example: assay size proportion --baseline .60 --effect .05 --treatments 3");
        foreach (var option in options.Typed(MetricType.Proportion)) command.Options.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            options.CheckTyped(result);
            var plan = options.Plan(result);
            var pilot = await PilotFile.ReadAsync(result, options, MetricType.Proportion, cancellationToken);
            SizeOptions.Write(result, options, Answer(result, options, plan, pilot));
            return ExitCode.Done;
        });
        return command;
    }

    private static SizeAnswer Answer(ParseResult result, SizeOptions options, AnalysisPlan plan, PilotSpread? pilot)
    {
        var treatments = result.GetValue(options.Treatments);
        double power = plan.Power, ratio = result.GetValue(options.Ratio), designEffect = SizeMath.DesignEffect(result, options, pilot);
        var (alpha, says) = SizeMath.Level(plan.Alpha, treatments, ratio);
        var inflation = SizeMath.Inflation(plan, alpha);
        var given = result.GetValue(options.Baseline);
        var baseline = given ?? pilot?.Baseline ?? throw new UsageException("--baseline is missing: the control's share, or a --pilot file to take it from");
        SizeOptions.Within("--baseline", baseline, 0, 1, "write .60 for 60 %");
        if (result.GetValue(options.Margin) is { } margin) return MarginSize.OfProportion(result, options, plan, pilot, baseline, designEffect, margin);
        var isRelative = result.GetValue(options.Relative);
        double? effect = result.GetValue(options.Effect) is { } typed ? isRelative ? typed * baseline : typed : null;
        var wanted = effect.GetValueOrDefault();
        if (result.GetValue(options.Units) is { } units)
        {
            if (effect is not null) throw new UsageException("--n asks for the effect and --effect for the units: give one of them");
            var found = Detectable(units * (1 + treatments * ratio), decrease: false);
            if (!found.IsEstimable) throw new UsageException($"--n {units}: {found.Reason}");
            return Complete(new SizeAnswer(SizeMath.Arms(units, ratio, treatments), $"{Method}, {SizeLooks.Describe(plan)}{says}", Finds(baseline, Say.Rounded(found.Value)), "units", plan) { DetectableEffect = found.Value }, found.Value);
        }
        if (effect is null) throw new UsageException("--effect is missing: the smallest difference worth finding", "or --n, to ask what a number of units finds");
        if (wanted == 0) throw new UsageException("--effect must not be 0: no number of units finds nothing");
        if (!IsShare(baseline + wanted))
            throw new UsageException(FormattableString.Invariant($"--effect {wanted} leads from {baseline} to {baseline + wanted}, which is no share"), "write .05 for 5 points");
        if (Math.Abs(wanted) < 1e-7) throw new UsageException(FormattableString.Invariant($"--effect {wanted} is out of any experiment's reach"));
        return Complete(new SizeAnswer(SizeMath.Arms(Needed(baseline, wanted), treatments), $"{Method}, {SizeLooks.Describe(plan)}{says}", Finds(baseline, wanted), "units", plan), wanted);

        SizeAnswer Complete(SizeAnswer answer, double target) => SizeMath.Complete(
            answer, alpha, result.GetValue(options.Daily), target, true,
            total => Detectable(total, target < 0) is { IsEstimable: true, Value: var found } ? found : null, pilot,
            given is null ? SizeAt : null);

        long? SizeAt(double share)
        {
            var step = isRelative ? share * result.GetValue(options.Effect)!.Value : wanted;
            return share is > 0 and < 1 && step != 0 && IsShare(share + step) ? SizeMath.Total(Needed(share, step), treatments) : null;
        }

        RequiredSample Needed(double share, double step) => SizeMath.Times(
            PlannedDesign.For(plan, alpha) is { } design
                ? GroupSequentialSampleSize.ForProportions(design, share, step, power, ratio) : SampleSize.ForProportions(share, step, alpha, power, ratio),
            designEffect, ratio);

        Estimated<double> Detectable(double total, bool decrease)
        {
            var control = total / (1 + treatments * ratio) / inflation / designEffect;
            return DetectableEffect.ForProportions(baseline, control, control * ratio, alpha, power, decrease);
        }
    }

    private static bool IsShare(double share) => share is >= 0 and <= 1 + 1e-12;

    private static string Finds(double baseline, double effect) => $"a change from {Say.Percent(Math.Round(baseline, 6))} to {Say.Percent(Math.Round(baseline + effect, 6))}";
}
