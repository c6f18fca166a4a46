using Assay.Statistics;

namespace Assay.Cli.Bandits;

/// <summary>The bandit algorithms by their names on the command line.</summary>
internal static class Algorithm
{
    public const string LinUcbName = "linucb";

    private static readonly IAllocationRule[] Rules =
    [
        new UniformAllocation(), new BetaThompson(), new TopTwoThompson(new BetaThompson()), new GaussianThompson(),
        new TopTwoThompson(new GaussianThompson()), new Ucb1(), new KlUcb(), new TrackAndStop(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Rules.Select(r => r.Name), LinUcbName];

    /// <summary>The rule of that name; null for linucb, which is none.</summary>
    public static IAllocationRule? Rule(string name) => Rules.FirstOrDefault(r => r.Name == name);
}
