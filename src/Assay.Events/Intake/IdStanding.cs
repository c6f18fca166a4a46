namespace Assay.Events;

/// <summary>What is known of a client-chosen id.</summary>
internal enum IdStanding
{
    /// <summary>Never seen; the batch has claimed it.</summary>
    New,
    /// <summary>Perhaps in the store; the batch has claimed it until that is known.</summary>
    Unsure,
    /// <summary>Stored with the same content.</summary>
    Duplicate,
    /// <summary>Stored with other content.</summary>
    Conflict,
    /// <summary>Another batch, or an earlier event of this one, is writing it now.</summary>
    Taken,
}
