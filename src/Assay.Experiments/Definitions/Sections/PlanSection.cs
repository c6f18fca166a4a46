using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Experiments.Reading;

/// <summary>The key <c>plan</c>.</summary>
internal static class PlanSection
{
    private static readonly string[] Spendings = ["obrien-fleming", "pocock", "hwang-shih-decani", "kim-demets"];

    public static AnalysisPlan Read(Section experiment, DefinitionContext context)
    {
        if (experiment.Map("plan") is not { } plan) return new AnalysisPlan();
        var defaults = new AnalysisPlan();
        var looks = Looks(plan);
        var boundaries = Boundaries(plan, looks);
        var (spending, parameter) = Spending(plan, "spending");
        var (futility, futilityParameter) = Spending(plan, "futility");
        if (spending is not null && !boundaries.IsEmpty) plan.Error("plan", "boundaries", "give either spending or boundaries");
        var method = plan.OneOf("method", Names.PlanMethods) ?? defaults.Method;
        var isHybrid = method == PlanMethod.Hybrid;
        if (!isHybrid && looks.IsEmpty && (spending is not null || !boundaries.IsEmpty) && !plan.Has("looks"))
            plan.Warning("plan-looks", spending is null ? "boundaries" : "spending", "without looks there is nothing to spend alpha on: one look at the end");
        if (!isHybrid && looks.IsEmpty && futility is not null) plan.Warning("plan-looks", "futility", "without looks there is no point at which to give up: one look at the end");
        if (isHybrid) HybridSection.CheckKeys(plan, looks);
        var result = new AnalysisPlan
        {
            Method = method,
            Alpha = plan.Number("alpha", n => n is > 0 and < 1, "a probability in (0, 1), not a percentage") ?? defaults.Alpha,
            Power = plan.Number("power", n => n is > 0 and < 1, "a probability in (0, 1), not a percentage") ?? defaults.Power,
            MinimumEffect = MinimumEffect(plan),
            Baseline = plan.Number("baseline"),
            StandardDeviation = plan.Number("sd", n => n > 0, "positive"),
            Looks = looks,
            Spending = looks.IsEmpty || !boundaries.IsEmpty ? null : spending ?? "obrien-fleming",
            SpendingParameter = parameter,
            Boundaries = boundaries,
            Futility = futility,
            FutilityParameter = futilityParameter,
            Correction = plan.OneOf("correction", Names.Corrections) ?? defaults.Correction,
            PrimaryRule = plan.OneOf("primaryRule", Names.PrimaryRules) ?? defaults.PrimaryRule,
            Bayesian = BayesianSection.Read(plan),
            MinimumDays = plan.Integer("minimumDays", 0) ?? 0,
            BurnIn = plan.Duration("burnIn") ?? TimeSpan.Zero,
            Covariates = AdjustmentSection.Covariates(plan, context),
            Theta = AdjustmentSection.Theta(plan),
            Strata = AdjustmentSection.Strata(plan),
        };
        plan.Finish();
        return result;
    }

    /// <summary>What only the primary's type can tell: shares lie in [0, 1].</summary>
    public static void CheckAgainstPrimary(Section? plan, AnalysisPlan values, Metric primary, bool isFirst)
    {
        if (plan is null) return;
        if (values.Method == PlanMethod.Hybrid) HybridSection.CheckPrimary(plan, values, primary, isFirst);
        if (primary.Type != MetricType.Proportion) return;
        if (values.Baseline is < 0 or > 1)
            plan.Error("out-of-range", "baseline", $"the baseline of the proportion '{primary.Name}' must be in [0, 1], not a percentage");
        if (values.MinimumEffect is { IsRelative: false, Value: >= 1 })
            plan.Error("out-of-range", "minimumEffect", $"an effect on the proportion '{primary.Name}' must be below 1, not a percentage", "5 points are 0.05");
        else if (values is { MinimumEffect: { } effect, Baseline: >= 0 and <= 1 and { } baseline })
        {
            var step = effect.IsRelative ? effect.Value * baseline : effect.Value;
            if (primary.Better == Direction.Higher ? baseline + step > 1 : baseline - step < 0)
                plan.Error("out-of-range", "minimumEffect", string.Create(CultureInfo.InvariantCulture, $"no such effect is possible from a baseline of {baseline}"));
        }
    }

    private static ImmutableArray<double> Looks(Section plan)
    {
        if (plan.Take("looks") is not SequenceNode list)
        {
            if (plan.Integer("looks", 1) is not { } count) return [];
            if (count <= 50) return count == 1 ? [] : [.. Enumerable.Range(1, count).Select(i => i == count ? 1 : (double)i / count)];
            plan.Error("out-of-range", "looks", "more than 50 looks are not a plan");
            return [];
        }
        var looks = Numbers(plan, "looks");
        var ascending = looks.Zip(looks.Skip(1)).All(p => p.Second - p.First >= 1e-6);
        if (looks.Length != list.Items.Count || looks.IsEmpty || looks[0] < 1e-6 || looks[^1] != 1 || !ascending)
        {
            plan.Error("out-of-range", "looks", "looks must be information fractions in (0, 1], ascending and at least 0.000001 apart, the last 1", "[0.25, 0.5, 0.75, 1]");
            return [];
        }
        return looks.Length == 1 ? [] : looks;
    }

    private static ImmutableArray<double> Boundaries(Section plan, ImmutableArray<double> looks)
    {
        var boundaries = Numbers(plan, "boundaries");
        if (!boundaries.IsEmpty && boundaries.Length != Math.Max(looks.Length, 1))
            plan.Error("plan", "boundaries", "boundaries need one critical value of z for each look");
        if (boundaries.Any(z => z <= 0)) plan.Error("out-of-range", "boundaries", "critical values of z must be positive");
        return boundaries;
    }

    private static (string? Name, double? Parameter) Spending(Section plan, string key)
    {
        if (plan.Take(key) is not MappingNode) return (Known(plan, key, plan.Text(key)), null);
        var spending = plan.Map(key)!;
        var name = Known(spending, "name", spending.RequiredText("name"));
        var parameter = name switch
        {
            "kim-demets" => spending.Number("parameter", rho => rho > 0, "positive: alpha is spent as the information fraction to this power"),
            "hwang-shih-decani" => spending.Number("parameter", gamma => Math.Abs(gamma) <= 700, "gamma, between -700 and 700; -4 is close to O'Brien-Fleming"),
            _ => spending.Number("parameter"),
        };
        spending.Finish();
        return (name, parameter);
    }

    private static string? Known(Section section, string key, string? name)
    {
        if (name is null || Spendings.Contains(name)) return name;
        section.Error("unknown-value", key, $"'{name}' is not a spending function; there are {string.Join(", ", Spendings)}", Suggestions.Hint(name, Spendings));
        return null;
    }

    private static MinimumEffect? MinimumEffect(Section plan)
    {
        var isRelative = plan.Take("minimumEffect") is MappingNode;
        if (!isRelative) return plan.Number("minimumEffect", n => n > 0, "positive; the metric says which way is better") is { } value ? new MinimumEffect(value, false) : null;
        var effect = plan.Map("minimumEffect")!;
        var relative = effect.Number("relative", n => n > 0, "positive; the metric says which way is better");
        if (!effect.Has("relative")) effect.Missing("relative");
        effect.Finish();
        return relative is { } fraction ? new MinimumEffect(fraction, true) : null;
    }

    private static ImmutableArray<double> Numbers(Section plan, string key)
    {
        var numbers = ImmutableArray.CreateBuilder<double>();
        foreach (var (node, path) in plan.List(key))
        {
            if (node is ScalarNode scalar && Scalars.TryNumber(scalar, out var number)) numbers.Add(number);
            else plan.Source.Error("wrong-type", node.Line, path, $"{path} must be a number, not {node.Kind}");
        }
        return numbers.ToImmutable();
    }
}
