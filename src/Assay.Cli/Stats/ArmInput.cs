using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>What several methods read of an arm.</summary>
internal static class ArmInput
{
    public static Proportion Proportion(StatsInput input, string arm)
    {
        long successes = input.Count(arm + "Successes"), total = input.Count(arm + "Total");
        return successes <= total ? new Proportion(successes, total)
            : throw new UsageException($"{arm}Successes: {successes} of {total} is more than all");
    }
}
