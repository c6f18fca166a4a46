namespace Assay.Statistics;

/// <summary>What a reward that has not come by the end of its window says.</summary>
public enum MissingReward
{
    /// <summary>Silence is no: nobody clicked, nobody bought. The pull counts with reward 0.</summary>
    Zero,

    /// <summary>Silence says nothing: the pull does not count.</summary>
    Exclude,
}
