using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Turns the estimate of one look into what may be said where the experiment stands.</summary>
internal static class StageEffect
{
    public static Effect Of(Effect effect, Metric metric, MetricArmMoments control, MetricArmMoments treatment, Stage stage, StageLevel level, string variant)
    {
        if (stage.Kind == IntervalKind.Fixed) return effect;
        var shown = Bounded(effect, level);
        if (!stage.IsBetween) return shown with { PValue = null };
        var units = Stage.UnitsOf(metric, control) + Stage.UnitsOf(metric, treatment);
        var arguments = (JsonObject)effect.Arguments.DeepClone();
        arguments["alwaysValid"] = new JsonObject
        {
            ["n"] = units,
            ["tunedFor"] = stage.TunedFor(variant),
            ["alpha"] = level.Alpha,
            ["critical"] = level.Critical,
        };
        return shown with { Arguments = arguments, PValue = PValue(effect, units, level, stage.TunedFor(variant)) };
    }

    private static Effect Bounded(Effect effect, StageLevel level)
    {
        if (!effect.IsEstimated) return effect;
        var nothing = new Interval(double.NegativeInfinity, double.PositiveInfinity);
        if (level.IsUnbounded) return effect with { Interval = nothing, RelativeInterval = effect.RelativeInterval is null ? null : nothing, ControlInterval = nothing, TreatmentInterval = nothing, RelativeScoreIfAsked = null };
        return effect;
    }

    private static double? PValue(Effect effect, long units, StageLevel level, double tunedFor)
    {
        if (!effect.IsEstimated || LookStatistic.ZOf(effect) is not { } z) return null;
        // On the scale of z the error is 1.
        return AsymptoticConfidenceSequence.Around(z, 1, Math.Max(1, units), level.Alpha, tunedFor).PValue;
    }
}
