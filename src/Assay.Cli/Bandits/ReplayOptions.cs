using System.CommandLine;

namespace Assay.Cli.Bandits;

/// <summary>What <c>bandit replay</c> may be told.</summary>
internal sealed class ReplayOptions
{
    public Argument<string> Log { get; } = new("LOG") { Description = "CSV or JSON Lines (or .gz), an event a row in the order of time: arm, reward, propensity of the arm taken, any context" };
    public Option<string> Arm { get; } = new("--arm") { Description = "Column of the arm", DefaultValueFactory = _ => "arm" };
    public Option<string> Reward { get; } = new("--reward") { Description = "Column of the reward", DefaultValueFactory = _ => "reward" };
    public Option<string> Propensity { get; } = new("--propensity") { Description = "Column of the taken arm's probability; columns propensity_ARM, one per arm, allow more: the allocation check and estimates of each arm", DefaultValueFactory = _ => "propensity" };
    public Option<string[]> Context { get; } = new("--context") { Description = "Columns of numbers known before the choice, for linucb; each is brought to mean 0 and deviation 1. Columns context_… are taken unasked", AllowMultipleArgumentsPerToken = true };
    public Option<string[]> Algorithms { get; } = new("--algorithm") { Description = $"Which to replay; all that take the rewards unless said otherwise: {string.Join(", ", Algorithm.Names)}", AllowMultipleArgumentsPerToken = true };
    public Option<int> Batch { get; } = new("--batch") { Description = "Events between two updates", DefaultValueFactory = _ => 20 };
    public Option<double?> Floor { get; } = new("--floor") { Description = "Least share of an arm; .05, or half an equal share above ten arms" };
    public Option<double> Discount { get; } = new("--discount") { Description = "What a reward keeps of its weight per batch, for a world that changes; 1 forgets nothing", DefaultValueFactory = _ => 1 };
    public Option<double> AcceptQuantile { get; } = new("--accept-quantile") { Description = "Which quantile of the propensities scales rejection sampling; 0 is exact and accepts least", DefaultValueFactory = _ => 0.05 };
    public Option<string?> TargetLog { get; } = new("--target-log") { Description = "Log of another policy, replayed as a fixed policy by how often it took each arm: an approximation, and marked as one" };
    public Option<string?> TargetBy { get; } = new("--target-by") { Description = "Column (such as position) within which those frequencies are counted" };
    public Option<int> Seed { get; } = new("--seed") { Description = "Of the draws of rejection sampling", DefaultValueFactory = _ => 1 };
    public Option<double> Alpha { get; } = new("--alpha") { Description = "Level of intervals, and of ever naming a wrong winner", DefaultValueFactory = _ => 0.05 };
    public Option<string> Format { get; } = OutputFormat.CreateOption();

    public Command AddTo(Command command)
    {
        command.Add(Log);
        foreach (var option in (Option[])[Arm, Reward, Propensity, Context, Algorithms, Batch, Floor, Discount, AcceptQuantile, TargetLog, TargetBy, Seed, Alpha, Format]) command.Add(option);
        return command;
    }
}
