using Assay.Statistics;

namespace Assay.Cli.Interleaving;

/// <summary>The ways of interleaving by their names on the command line.</summary>
internal static class MixMethod
{
    public static readonly string[] Names = ["team-draft", "alternate", "balanced", "probabilistic"];

    public static IReadOnlyList<Placement<string>> Mix(string method, string[][] rankings, int length, int? first, Random random) => method switch
    {
        "alternate" => TeamDraft.Alternating<string>(rankings, length, first ?? random.Next(2)),
        "balanced" => BalancedInterleaving.Interleave<string>(rankings, length, first ?? random.Next(2)),
        "probabilistic" => ProbabilisticInterleaving.Interleave<string>(rankings, length, random),
        _ => TeamDraft.Interleave<string>(rankings, length, random),
    };
}
