using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>What <c>plan.method: hybrid</c> asks of the rest of the plan.</summary>
internal static class HybridSection
{
    /// <summary>Keys that belong to registered looks, which a hybrid plan has none of.</summary>
    public static void CheckKeys(Section plan, ImmutableArray<double> looks)
    {
        if (!looks.IsEmpty)
            plan.Error("plan-method", "looks", "a hybrid plan has no looks: harm is watched all the time, benefit is judged once, at the planned end", "remove looks; or remove method, for looks that may end the experiment for benefit too");
        foreach (var key in new[] { "spending", "boundaries" })
            if (plan.Has(key)) plan.Error("plan-method", key, $"a hybrid plan has nothing for {key} to do: half of alpha is for harm at any time, half for benefit at the planned end", $"remove {key}");
        if (plan.Has("futility"))
            plan.Error("plan-method", "futility", "a hybrid plan never gives up before the planned end but for harm", "remove futility; or plan looks: method: group-sequential");
    }

    /// <summary>The planned end must be known, and the primary must have a bound that may be looked at all the time.</summary>
    public static void CheckPrimary(Section plan, AnalysisPlan values, Metric primary, bool isFirst)
    {
        if (primary.Type == MetricType.Quantile)
            plan.Error("plan-method", "method", $"the quantile '{primary.Name}' has no bound that may be looked at all the time when a unit has several events", "make it a guardrail, or use method: group-sequential");
        if (primary.CapPercentile is not null)
            plan.Error("plan-method", "method", $"the cap of '{primary.Name}' is taken from the data at the first look and then frozen, and a hybrid plan has no looks", "remove the cap, or use method: group-sequential");
        if (!isFirst) return;
        if (values.MinimumEffect is null && !plan.Has("minimumEffect"))
            plan.Error("plan-method", "method", "a hybrid plan needs a size, for its bound is made for the planned units: minimumEffect is missing", "the smallest effect worth having, such as minimumEffect: 0.05");
        var needsBaseline = primary.Type == MetricType.Proportion || values.MinimumEffect is { IsRelative: true };
        if (needsBaseline && !plan.Has("baseline"))
            plan.Error("plan-method", "method", "a hybrid plan needs a size, for its bound is made for the planned units: baseline is missing", $"the value of '{primary.Name}' in the control, such as baseline: 0.6");
        if (primary.Type == MetricType.Proportion && values.Baseline is 0 or 1)
            plan.Error("plan-method", "baseline", "a hybrid plan needs a size, and from a baseline of 0 or 1 there is none", "a share strictly between 0 and 1");
        if (primary.Type != MetricType.Proportion && !plan.Has("sd"))
            plan.Error("plan-method", "method", "a hybrid plan needs a size, for its bound is made for the planned units: sd is missing", $"the standard deviation of one unit of '{primary.Name}'; assay size mean --pilot FILE takes it from earlier data");
    }
}
