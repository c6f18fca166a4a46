using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Assay.Analysis;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Cli.Stats;

/// <summary>The registered looks of a design that is typed on the command line.</summary>
internal static class SizeLooks
{
    private static readonly string[] s_spendings = ["obrien-fleming", "pocock", "hwang-shih-decani", "kim-demets"];

    /// <summary>A plan with the looks and the spending that the options ask for, and what it was given otherwise.</summary>
    /// <exception cref="UsageException">An option cannot be read; the message names it.</exception>
    public static AnalysisPlan Apply(AnalysisPlan plan, ParseResult result, SizeOptions options)
    {
        var spending = result.GetValue(options.Spending);
        if (plan.Method == PlanMethod.Hybrid && (spending ?? result.GetValue(options.Looks)) is not null)
            throw new UsageException("--looks and --spending: the plan's method is hybrid, which has no looks", "remove plan.method to size looks");
        if (result.GetValue(options.Looks) is { } text)
        {
            var looks = Parse(text);
            // Boundaries belong to the looks they were registered for.
            plan = plan with { Looks = looks.Length == 1 ? [] : looks, Boundaries = [], Spending = looks.Length == 1 ? null : plan.Spending ?? "obrien-fleming" };
            if (looks.Length == 1 && spending is not null) throw new UsageException("--spending with one look: there is nothing to spend alpha on", "--looks 4, for example");
        }
        if (spending is null) return plan;
        if (plan.Looks.IsEmpty) throw new UsageException("--spending needs --looks: with one look at the end there is nothing to spend alpha on", "--looks 4, for example");
        var (name, parameter) = ParseSpending(spending);
        return plan with { Spending = name, SpendingParameter = parameter, Boundaries = [] };
    }

    /// <summary>What the looks add to the method's name; empty for one look.</summary>
    public static string Describe(AnalysisPlan plan)
    {
        if (plan.Method == PlanMethod.Hybrid) return "hybrid: benefit once at the planned end, one-sided at alpha / 2; harm at any time";
        if (plan.Looks.Length < 2) return "one look";
        if (!plan.Boundaries.IsEmpty) return $"{plan.Looks.Length} looks, registered boundaries";
        var parameter = plan.Spending switch
        {
            "hwang-shih-decani" => $" (gamma {Say.Number(plan.SpendingParameter ?? PlannedDesign.DefaultGamma)})",
            "kim-demets" => $" (exponent {Say.Number(plan.SpendingParameter ?? PlannedDesign.DefaultExponent)})",
            _ => "",
        };
        return $"{plan.Looks.Length} looks, alpha spent by {plan.Spending}{parameter}";
    }

    private static ImmutableArray<double> Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count))
            return count is >= 1 and <= 50 ? [.. Enumerable.Range(1, count).Select(i => i == count ? 1 : (double)i / count)]
                : throw new UsageException($"--looks must be from 1 to 50, but is {count}");
        var looks = ImmutableArray.CreateBuilder<double>();
        foreach (var part in text.Trim('[', ']').Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var look))
                throw new UsageException($"--looks: '{part.Trim()}' is not a number", "--looks 4, or the information fractions: --looks .25,.5,.75,1");
            looks.Add(look);
        }
        var before = 0.0;
        foreach (var look in looks)
        {
            if (!(look >= before + 1e-6)) throw new UsageException("--looks must be information fractions that ascend, the last 1", "--looks .25,.5,.75,1");
            before = look;
        }
        return looks[^1] == 1 ? looks.ToImmutable() : throw new UsageException(FormattableString.Invariant($"--looks must end with 1, the planned end, but ends with {looks[^1]}"), "--looks .25,.5,.75,1");
    }

    private static (string Name, double? Parameter) ParseSpending(string text)
    {
        var parts = text.Split(':', 2);
        if (!s_spendings.Contains(parts[0]))
            throw new UsageException($"--spending: '{parts[0]}' is not a spending function; there are {string.Join(", ", s_spendings)}", Suggestions.Hint(parts[0], s_spendings));
        if (parts.Length == 1) return (parts[0], null);
        if (parts[0] is "obrien-fleming" or "pocock") throw new UsageException($"--spending: {parts[0]} has no parameter");
        if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var parameter)
            || (parts[0] == "kim-demets" ? !(parameter > 0 && double.IsFinite(parameter)) : !(Math.Abs(parameter) <= 700)))
            throw new UsageException($"--spending: '{parts[1]}' is not a parameter of {parts[0]}", "hwang-shih-decani:-4 (gamma), kim-demets:3 (a positive exponent)");
        return (parts[0], parameter);
    }
}
