namespace Assay.Statistics;

/// <summary>A bandit over its life: shares, batches, and what may be said of the arms at any time.</summary>
/// <remarks>Feed it from a <see cref="RewardLedger"/>. Not safe for concurrent use.</remarks>
public sealed class Bandit
{
    private readonly IAllocationRule _rule;
    private readonly ArmRewards[] _recent;
    private readonly ArmRewards[] _all;
    private readonly double _discount;
    private readonly int _batch;
    private readonly AllocationCheck _check;

    /// <param name="rule">Put an <see cref="ExplorationFloor"/> around it: without one, propensities may be 0 and nothing can be estimated.</param>
    /// <param name="arms">Number of arms; 2 or more.</param>
    /// <param name="batch">Pulls to expect between updates; 1 or more.</param>
    /// <param name="discount">In (0, 1], applied before each batch. Below 1 arms may change, and no winner is named.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Bandit(IAllocationRule rule, int arms, int batch = 1, double discount = 1)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        if (!(discount > 0 && discount <= 1)) throw new ArgumentOutOfRangeException(nameof(discount), discount, "must lie in (0, 1]");
        (_rule, _recent, _all, _discount, _batch, _check) = (rule, new ArmRewards[arms], new ArmRewards[arms], discount, batch, new(arms));
        Estimation = new(arms);
        Shares = rule.Allocate(_recent, batch);
    }

    /// <summary>The propensities of the pulls until the next update.</summary>
    public IReadOnlyList<double> Shares { get; private set; }

    /// <summary>Rewards per arm, discounted.</summary>
    public IReadOnlyList<ArmRewards> Arms => _recent;

    /// <summary>Rewards per arm, all alike.</summary>
    public IReadOnlyList<ArmRewards> AllRewards => _all;

    /// <summary>Estimates of the arms' means.</summary>
    public AdaptiveEstimation Estimation { get; }

    /// <summary>Takes in a batch and makes new shares.</summary>
    /// <param name="batch">Pulls with their rewards; null rewards count for the allocation check only. May be empty.</param>
    /// <exception cref="ArgumentException">The rule refuses a reward, or propensities are none; nothing of the batch is taken in.</exception>
    public void Update(IReadOnlyList<BanditPull> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var pull in batch)
        {
            Propensities.Check(pull.Propensities, pull.Arm);
            Guard.SameLength(pull.Propensities.Count, _all.Length, nameof(batch));
            if (pull.Reward is { } reward && _rule.Refuse(reward) is { } why) throw new ArgumentException(why, nameof(batch));
        }
        for (var k = 0; k < _recent.Length; k++) _recent[k] = _recent[k].Discounted(_discount);
        foreach (var pull in batch)
        {
            _check.Add(pull.Arm, pull.Propensities);
            if (pull.Reward is not { } reward) continue;
            _recent[pull.Arm] = _recent[pull.Arm].Add(reward);
            _all[pull.Arm] = _all[pull.Arm].Add(reward);
        }
        Estimation.Add(batch);
        Shares = _rule.Allocate(_recent, _batch);
    }

    /// <summary>Whether a winner may be named, rewards lying in [0, 1].</summary>
    /// <param name="alpha">That a wrong arm is ever named, a probability in (0, 1).</param>
    /// <returns>The decision; not estimable with discounting, when what an arm is worth may change.</returns>
    public Estimated<BanditDecision> Winner(double alpha = 0.05) => _discount < 1
        ? new NotEstimable("with discounting an arm's worth may change, so no winner is named")
        : BanditWinner.OfBounded(_all, 0, 1, alpha);

    /// <summary>Were arms taken as often as their propensities promise?</summary>
    public Estimated<AllocationCheckResult> CheckAllocation() => _check.Test();
}
