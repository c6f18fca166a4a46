namespace Assay.Statistics;

/// <summary>A rule under which no arm's share falls below a floor: noise cannot starve an arm, and every propensity can be divided by.</summary>
public sealed class ExplorationFloor : IAllocationRule
{
    private readonly IAllocationRule _rule;
    private readonly double? _floor;

    /// <param name="rule">Allocates what the floor leaves.</param>
    /// <param name="floor">Least share of an arm, from 0 to 1 / arms; null for <see cref="Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">floor is negative or above ½.</exception>
    public ExplorationFloor(IAllocationRule rule, double? floor = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (floor is { } f && !(f >= 0 && f <= 0.5)) throw new ArgumentOutOfRangeException(nameof(floor), f, "must lie from 0 to 1 / arms");
        (_rule, _floor) = (rule, floor);
    }

    public string Name => _rule.Name;

    public string? Refuse(double reward) => _rule.Refuse(reward);

    /// <summary>.05, or half an equal share where there are more than ten arms.</summary>
    /// <param name="arms">Number of arms; 2 or more.</param>
    public static double Default(int arms) => Math.Min(0.05, 0.5 / arms);

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        var shares = _rule.Allocate(arms, batch);
        return Apply(shares, _floor ?? Default(shares.Length));
    }

    /// <summary>floor + (1 − arms · floor) · share.</summary>
    /// <param name="shares">Probabilities with the sum 1.</param>
    /// <param name="floor">From 0 to 1 / arms.</param>
    /// <exception cref="ArgumentOutOfRangeException">floor is outside its range.</exception>
    public static double[] Apply(IReadOnlyList<double> shares, double floor)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (!(floor >= 0 && floor * shares.Count <= 1 + 1e-12)) throw new ArgumentOutOfRangeException(nameof(floor), floor, $"must lie from 0 to 1 / {shares.Count}");
        return [.. shares.Select(share => floor + Math.Max(0, 1 - shares.Count * floor) * share)];
    }
}
