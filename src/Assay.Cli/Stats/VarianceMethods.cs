using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>Where the spread of judged scores comes from.</summary>
internal static class VarianceMethods
{
    private static readonly string[] Keys = ["case", "generation", "judge", "judgeSeverity", "judgeByCase", "verdict", "total"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("variance-components", "variance of judged scores split into case, generation (an answer to a case) and judge; each case with as many answers, each answer by all judges",
            """{"value": [1, 2, 2, 3, 4, 4, 5, 3], "case": ["a", "a", "a", "a", "b", "b", "b", "b"], "generation": [0, 0, 1, 1, 0, 0, 1, 1], "judge": ["x", "y", "x", "y", "x", "y", "x", "y"]}""", Run),
    ];

    private static JsonObject Run(StatsInput input)
    {
        var value = input.Numbers("value");
        long[] cases = input.Ids("case"), generations = input.Ids("generation"), judges = input.Ids("judge");
        foreach (var (name, ids) in ((string, long[])[])[("case", cases), ("generation", generations), ("judge", judges)])
            if (ids.Length != value.Length) throw new UsageException($"{name}: has {ids.Length} elements, but value has {value.Length}");
        int c = Count(cases), r = Count(generations), j = Count(judges);
        if ((long)c * r * j != value.Length)
            throw new UsageException($"value: {c} cases × {r} generations × {j} judges need {(long)c * r * j} values, one for each; there are {value.Length}");
        var table = new double[c, r, j];
        var filled = new HashSet<(long, long, long)>();
        for (var i = 0; i < value.Length; i++)
        {
            if (!filled.Add((cases[i], generations[i], judges[i]))) throw new UsageException($"value[{i}]: this case, generation and judge already have a value");
            table[cases[i], generations[i], judges[i]] = value[i];
        }
        return StatsOutput.Of(VarianceComponents.Estimate(table), Keys, (output, v) =>
        {
            output.Add("case", v.Case).Add("generation", v.Generation).Add("judge", v.Judge).Add("judgeSeverity", v.JudgeSeverity)
                .Add("judgeByCase", v.JudgeByCase).Add("verdict", v.Verdict).Add("total", v.Total);
            if (v.WasNegative) output.Add("note", "a component was estimated below 0 and set to 0: the design is too small to tell it from nothing");
        });

        static int Count(long[] ids) => ids.Length == 0 ? 0 : (int)ids.Max() + 1;
    }
}
