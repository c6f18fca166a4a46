using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Holds every declared limit against one treatment. The ends of the two-sided (1 − alpha) interval are the one-sided (1 − alpha/2) bounds.</summary>
internal static class GuardrailRows
{
    /// <param name="guardrail">Its limits.</param>
    /// <param name="metric">What they are about.</param>
    /// <param name="variant">The treatment.</param>
    /// <param name="effect">At the plan's alpha.</param>
    /// <param name="units">Of the treatment.</param>
    /// <param name="bound">The always-valid bound for a kind of limit; null for a guardrail that is not sequential.</param>
    /// <param name="alpha">Level of that bound.</param>
    /// <param name="isLast">At the planned end.</param>
    public static IEnumerable<GuardrailRow> Of(
        Guardrail guardrail, Metric metric, string variant, Effect effect, long units, Func<(string Kind, double Number), SequentialBound?>? bound = null, double? alpha = null, bool isLast = false)
    {
        if (guardrail.Max is { } max) yield return Row("max", max, effect.TreatmentValue, effect.TreatmentInterval, isUpper: true);
        if (guardrail.Min is { } min) yield return Row("min", min, effect.TreatmentValue, effect.TreatmentInterval, isUpper: false);
        if (guardrail.MaxChange is { } maxChange) yield return Row("maxChange", maxChange, effect.Difference, effect.Interval, isUpper: true);
        if (guardrail.MinChange is { } minChange) yield return Row("minChange", minChange, effect.Difference, effect.Interval, isUpper: false);
        if (guardrail.MaxRelativeToControl is { } maxRelative) yield return Relative("maxRelativeToControl", maxRelative, isUpper: true);
        if (guardrail.MinRelativeToControl is { } minRelative) yield return Relative("minRelativeToControl", minRelative, isUpper: false);

        GuardrailRow Row(string kind, double limit, double? value, Interval? interval, bool isUpper) =>
            Conclude(kind, limit, value, interval, State(interval, limit, isUpper));

        GuardrailRow Relative(string kind, double factor, bool isUpper)
        {
            double? quotient = effect is { TreatmentValue: { } value, ControlValue: { } reference } && reference != 0 ? value / reference : null;
            if (effect is { Method: ProportionEffect.Method or ProportionEffect.ExactMethod, IsEstimated: true, RelativeScoreIfAsked: { } score })
                return Conclude(kind, factor, quotient, null, StateOf(isUpper ? score(factor) : -score(factor)));
            if (effect is not { ControlValue: { } control, ControlInterval: { } ci, TreatmentValue: { } treatment, TreatmentInterval: { } ti })
                return Conclude(kind, factor, quotient, null, LimitState.NotEstimable);
            return Conclude(kind, factor, quotient, null, State(RelativeLimit.Excess(control, ci, treatment, ti, factor), 0, isUpper));
        }

        GuardrailRow Conclude(string kind, double limit, double? value, Interval? interval, LimitState state)
        {
            if (state == LimitState.Kept && units < guardrail.MinimumUnits) state = LimitState.Undecided;
            var isSequential = bound is not null && GuardrailSequences.Exists(metric, kind);
            var always = isSequential ? bound!((kind, limit)) : null;
            var byBound = always is { IsBroken: true };
            // Before the planned end a sequential guardrail is condemned by its own bound alone, which holds at every time.
            var isEarly = isSequential && !byBound && !isLast && state == LimitState.Broken;
            var atTheEnd = isSequential && !byBound && isLast && state == LimitState.Broken;
            state = byBound ? LimitState.Broken : isEarly ? LimitState.Undecided : state;
            return new GuardrailRow
            {
                Metric = guardrail.Metric,
                Variant = variant,
                Kind = kind,
                Limit = limit,
                Value = value,
                Interval = interval is { } i ? ReportInterval.Of(i.Low, i.High) : null,
                State = state,
                Method = isSequential ? GuardrailRow.Sequential : GuardrailRow.Fixed,
                Alpha = isSequential ? alpha : null,
                Bound = always is { } a && double.IsFinite(a.Value) ? a.Value : null,
                Text = GuardrailText.Of(metric, variant, kind, limit, value, interval, state, effect.Reason)
                    + (byBound ? GuardrailText.Sequence(alpha!.Value) : isEarly ? GuardrailText.Early : atTheEnd ? GuardrailText.AtTheEnd : ""),
            };
        }
    }

    // The test of the limit itself: at least 1 beyond it for certain, at most −1 within it.
    private static LimitState StateOf(double beyond) => beyond >= 1 ? LimitState.Broken : beyond <= -1 ? LimitState.Kept : LimitState.Undecided;

    private static LimitState State(Interval? interval, double limit, bool isUpper)
    {
        if (interval is not { } i) return LimitState.NotEstimable;
        if (isUpper ? i.High < limit : i.Low > limit) return LimitState.Kept;
        return (isUpper ? i.Low > limit : i.High < limit) ? LimitState.Broken : LimitState.Undecided;
    }
}
