using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The group-sequential design that a plan declares.</summary>
public static class PlannedDesign
{
    /// <summary>Hwang–Shih–DeCani's gamma and Kim–DeMets's exponent where the plan names none: both close to O'Brien–Fleming.</summary>
    public const double DefaultGamma = -4, DefaultExponent = 3;

    /// <summary>The design of the plan's looks at a level; null when the plan has one look at the end.</summary>
    /// <param name="plan">Its looks, and its spending function or its boundaries.</param>
    /// <param name="alpha">Two-sided level of the comparison, the plan's own or a share of it. Boundaries that the plan declares stay as they are: they say what they spend.</param>
    /// <exception cref="ArgumentOutOfRangeException">Looks or boundaries that no validated definition holds.</exception>
    public static GroupSequentialDesign? For(AnalysisPlan plan, double alpha)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Looks.Length < 2) return null;
        return plan.Boundaries.IsEmpty
            ? GroupSequentialDesign.Spending(plan.Looks.AsSpan(), Spending(plan.Spending, plan.SpendingParameter), alpha)
            : GroupSequentialDesign.FromCriticalValues(plan.Looks.AsSpan(), plan.Boundaries.AsSpan());
    }

    /// <summary>How beta is spent on giving up; null when the plan declares no futility.</summary>
    public static SpendingFunction? FutilityOf(AnalysisPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Futility is { } name ? Spending(name, plan.FutilityParameter) : null;
    }

    /// <summary>The spending function of that name; O'Brien–Fleming when there is none.</summary>
    /// <exception cref="ArgumentException">There is no such function, or the parameter is outside its range.</exception>
    public static SpendingFunction Spending(string? name, double? parameter) => name switch
    {
        null or "obrien-fleming" => SpendingFunction.OBrienFleming,
        "pocock" => SpendingFunction.Pocock,
        "hwang-shih-decani" => SpendingFunction.HwangShihDeCani(parameter ?? DefaultGamma),
        "kim-demets" => SpendingFunction.KimDeMets(parameter ?? DefaultExponent),
        _ => throw new ArgumentException($"there is no spending function '{name}'", nameof(name)),
    };
}
