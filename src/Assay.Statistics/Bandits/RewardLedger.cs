namespace Assay.Statistics;

/// <summary>Pulls that wait for their rewards: late ones, repeated ones, and ones that never come.</summary>
/// <remarks>
/// A pull counts when its window is closed, whatever its reward, and never changes afterwards: a bandit that counted each click at once
/// and each silence later would overrate every arm that was just pulled. Until then a missing reward is not a zero. Times are handed in; there is no clock here. Ids
/// are kept, so that a repeated reward is known as one: about 100 bytes a pull. Not safe for concurrent use.
/// </remarks>
public sealed class RewardLedger
{
    private readonly TimeSpan _window;
    private readonly MissingReward _missing;
    private readonly IAllocationRule _rule;
    private readonly Dictionary<string, Entry> _pulls = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _open = new();
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    /// <param name="window">From the pull, how long its reward may take; 0 or more.</param>
    /// <param name="missing">What a reward that has not come by then says.</param>
    /// <param name="rule">Says which rewards it takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">window is negative, or missing is unknown.</exception>
    public RewardLedger(TimeSpan window, MissingReward missing, IAllocationRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.Zero);
        if (missing is not (MissingReward.Zero or MissingReward.Exclude)) throw new ArgumentOutOfRangeException(nameof(missing), missing, "unknown");
        ArgumentNullException.ThrowIfNull(rule);
        (_window, _missing, _rule) = (window, missing, rule);
    }

    /// <summary>Pulls whose window is not closed.</summary>
    public int Open => _open.Count;

    /// <summary>Records a pull. Repeating it changes nothing.</summary>
    /// <param name="id">Of the pull; its reward names it.</param>
    /// <param name="arm">From 0.</param>
    /// <param name="propensities">The probability that each arm had: in [0, 1], with the sum 1; the arm's own is positive.</param>
    /// <param name="at">Not before the pull recorded last.</param>
    /// <returns>False when the id was there.</returns>
    /// <exception cref="ArgumentException">The id was there with another arm, or the propensities are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arm, or time runs backwards.</exception>
    public bool Pull(string id, int arm, IReadOnlyList<double> propensities, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Propensities.Check(propensities, arm);
        if (_pulls.TryGetValue(id, out var known))
            return known.Arm == arm ? false : throw new ArgumentException($"pull '{id}' was of arm {known.Arm}, not of arm {arm}", nameof(arm));
        ArgumentOutOfRangeException.ThrowIfLessThan(at, _latest);
        _latest = at;
        var entry = new Entry(arm, [.. propensities], at + _window);
        _pulls.Add(id, entry);
        _open.Enqueue(entry);
        return true;
    }

    /// <summary>Records the reward of a pull.</summary>
    /// <param name="id">Of the pull.</param>
    /// <param name="reward">What it earned.</param>
    /// <param name="at">When the reward came; a window closed before is closed for good.</param>
    public RewardReceipt Reward(string id, double reward, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (_rule.Refuse(reward) is not null) return RewardReceipt.Refused;
        if (!_pulls.TryGetValue(id, out var pull)) return RewardReceipt.Unknown;
        if (pull.Reward is { } before) return before.Equals(reward) ? RewardReceipt.Duplicate : RewardReceipt.Conflict;
        if (pull.Closed || at > pull.Closes) return RewardReceipt.Late;
        pull.Reward = reward;
        return RewardReceipt.Accepted;
    }

    /// <summary>Null, or why a reward is refused, in plain words.</summary>
    /// <param name="reward">Any number.</param>
    public string? WhyRefused(double reward) => _rule.Refuse(reward);

    /// <summary>Takes out the pulls whose windows have closed, in the order in which they were made: the next batch.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Each pull once, over all calls.</returns>
    public IReadOnlyList<BanditPull> Close(DateTimeOffset now)
    {
        var batch = new List<BanditPull>();
        while (_open.TryPeek(out var pull) && pull.Closes <= now)
        {
            _open.Dequeue();
            pull.Closed = true;
            batch.Add(new(pull.Arm, pull.Propensities, pull.Reward ?? (_missing == MissingReward.Zero ? 0 : null)));
        }
        return batch;
    }

    private sealed class Entry(int arm, double[] propensities, DateTimeOffset closes)
    {
        public int Arm { get; } = arm;
        public double[] Propensities { get; } = propensities;
        public DateTimeOffset Closes { get; } = closes;
        public double? Reward { get; set; }
        public bool Closed { get; set; }
    }
}
