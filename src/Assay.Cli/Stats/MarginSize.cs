using System.CommandLine;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>Units for the proof that a treatment is not worse by a margin: one-sided at alpha / 2, as a report's guardrail bounds are.</summary>
internal static class MarginSize
{
    public static SizeAnswer OfMean(ParseResult result, SizeOptions options, AnalysisPlan plan, PilotSpread? pilot, double standardDeviation, double spread, double margin)
    {
        var (benefit, level, says) = Check(result, options, plan, margin);
        double power = plan.Power, ratio = result.GetValue(options.Ratio);
        RequiredSample Needed(double sd) => Sized(() => MarginSampleSize.NonInferiorityOfMeans(sd * spread, margin, benefit, level / 2, power, ratio), options);
        return Answer(result, options, plan, pilot, $"one-sided t test of non-inferiority of means (noncentral t){says}", $"that a mean with standard deviation {Say.Number(standardDeviation)} is not worse by {Say.Number(margin)}", benefit, level, margin,
            SizeMath.Times(Needed(standardDeviation), SizeMath.Inflation(plan, level), ratio),
            result.GetValue(options.StandardDeviation) is null ? sd => sd > 0 ? SizeMath.Times(Needed(sd), SizeMath.Inflation(plan, level), ratio) : null : null);
    }

    public static SizeAnswer OfProportion(ParseResult result, SizeOptions options, AnalysisPlan plan, PilotSpread? pilot, double baseline, double designEffect, double margin)
    {
        if (result.GetValue(options.Relative)) throw new UsageException("--margin and --relative: write margin and effect as differences of shares", "--margin .03 is three points");
        SizeOptions.Within("--margin", margin, 0, 1, "write .03 for three points");
        var (benefit, level, says) = Check(result, options, plan, margin);
        double power = plan.Power, ratio = result.GetValue(options.Ratio);
        var isHigher = !result.GetValue(options.LowerIsBetter);
        var effect = isHigher ? benefit : -benefit;
        if (baseline + effect is < 0 or > 1) throw new UsageException(FormattableString.Invariant($"--effect {benefit} leads from {baseline} to {baseline + effect}, which is no share"));
        if (isHigher ? baseline <= margin : baseline + margin >= 1)
            throw new UsageException(FormattableString.Invariant($"--margin {margin}: at a share of {baseline} nothing could be worse by that"));
        RequiredSample Needed(double share) => SizeMath.Times(
            Sized(() => MarginSampleSize.NonInferiorityOfProportions(share, margin, effect, isHigher, level / 2, power, ratio), options), designEffect * SizeMath.Inflation(plan, level), ratio);
        return Answer(result, options, plan, pilot, $"one-sided score test of non-inferiority of proportions (null-constrained variance){says}",
            $"that a share of {Say.Percent(Math.Round(baseline, 6))} is not worse by {Say.Number(100 * margin)} points", benefit, level, margin, Needed(baseline),
            result.GetValue(options.Baseline) is null ? share => share is > 0 and < 1 && share + effect is > 0 and < 1 && (isHigher ? share > margin : share + margin < 1) ? Needed(share) : null : null);
    }

    private static (double Benefit, double Level, string Says) Check(ParseResult result, SizeOptions options, AnalysisPlan plan, double margin)
    {
        if (!(margin > 0 && double.IsFinite(margin))) throw new UsageException("--margin must be above 0: how much worse is still tolerable");
        if (result.GetValue(options.Units) is not null) throw new UsageException("--n with --margin: ask for the units of several margins instead");
        if (result.GetValue(options.Svg) is not null) throw new UsageException("--svg draws the effect that is found against days; with --margin there is none");
        var benefit = result.GetValue(options.Effect) ?? 0;
        if (!(benefit > -margin) || !double.IsFinite(benefit)) throw new UsageException(FormattableString.Invariant($"--effect {benefit}: what is worse by the margin of {margin} cannot be shown not to be"), "with --margin, --effect is the true difference, positive when the treatment is better");
        var (level, says) = SizeMath.Level(plan.Alpha, result.GetValue(options.Treatments), result.GetValue(options.Ratio));
        return (benefit, level, $", {SizeLooks.Describe(plan)}{says}");
    }

    private static SizeAnswer Answer(
        ParseResult result, SizeOptions options, AnalysisPlan plan, PilotSpread? pilot, string method, string shows, double benefit, double level, double margin, RequiredSample needed, Func<double, RequiredSample?>? sizeAt)
    {
        var treatments = result.GetValue(options.Treatments);
        var answer = new SizeAnswer(SizeMath.Arms(needed, treatments), method, shows, "units", plan)
        {
            Condition = benefit == 0 ? "when nothing changed" : benefit > 0 ? $"when it is better by {Say.Number(benefit)}" : $"when it is worse by {Say.Number(-benefit)}",
            Mistake = $"A treatment that is worse by the whole margin passes by mistake {Say.Percent(plan.Alpha / 2)} of the time",
        };
        return SizeMath.Complete(answer, level, result.GetValue(options.Daily), margin, false, null, pilot, sizeAt is null ? null : at => sizeAt(at) is { } size ? SizeMath.Total(size, treatments) : null);
    }

    private static RequiredSample Sized(Func<RequiredSample> size, SizeOptions options)
    {
        try
        {
            return size();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new UsageException($"{options.Margin.Name}: {error.Message.Split(" (Parameter", 2)[0]}");
        }
    }
}
