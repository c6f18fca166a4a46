namespace Assay.Statistics;

/// <summary>An allocation rule without context, replayed batch by batch.</summary>
public sealed class ReplayedRule : IReplayPolicy
{
    private readonly IAllocationRule _rule;
    private readonly ArmRewards[] _arms;
    private readonly int _batch;
    private readonly double _discount;

    /// <param name="rule">Put an <see cref="ExplorationFloor"/> around it.</param>
    /// <param name="arms">Number of arms; 2 or more.</param>
    /// <param name="batch">Events between updates; 1 or more.</param>
    /// <param name="discount">In (0, 1], applied before each batch; 1 forgets nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public ReplayedRule(IAllocationRule rule, int arms, int batch, double discount = 1)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        if (!(discount > 0 && discount <= 1)) throw new ArgumentOutOfRangeException(nameof(discount), discount, "must lie in (0, 1]");
        (_rule, _arms, _batch, _discount) = (rule, new ArmRewards[arms], batch, discount);
        Shares = rule.Allocate(_arms, batch);
    }

    public string Name => _rule.Name;

    /// <summary>The shares now.</summary>
    public IReadOnlyList<double> Shares { get; private set; }

    public IReadOnlyList<double> Allocate(ReadOnlySpan<double> context) => Shares;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rule refuses a reward.</exception>
    public void Learn(IReadOnlyList<LoggedEvent> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var k = 0; k < _arms.Length; k++) _arms[k] = _arms[k].Discounted(_discount);
        foreach (var e in batch)
        {
            if (_rule.Refuse(e.Reward) is { } why) throw new ArgumentException(why, nameof(batch));
            _arms[e.Arm] = _arms[e.Arm].Add(e.Reward);
        }
        Shares = _rule.Allocate(_arms, _batch);
    }
}
