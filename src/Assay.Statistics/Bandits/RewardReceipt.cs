namespace Assay.Statistics;

/// <summary>What became of a reward that was handed in.</summary>
public enum RewardReceipt
{
    /// <summary>Taken.</summary>
    Accepted,

    /// <summary>The pull had this very reward already: nothing changes.</summary>
    Duplicate,

    /// <summary>The pull has another reward already: the first one stays.</summary>
    Conflict,

    /// <summary>No pull has this id.</summary>
    Unknown,

    /// <summary>The pull's window is closed: what it counts as does not change any more.</summary>
    Late,

    /// <summary>The rule does not take such a reward; <see cref="RewardLedger.WhyRefused"/> says why.</summary>
    Refused,
}
