namespace Assay.Events;

/// <summary>How much the intake remembers. Events whose id the server chose cost nothing here.</summary>
public sealed record EventIntakeOptions
{
    /// <summary>Client-chosen ids whose content is kept in memory, about 60 bytes each; older ones are looked up in the store. Default 1,000,000.</summary>
    public int RecentIds { get; init; } = 1_000_000;

    /// <summary>
    /// Ids that are in the spool but not yet in the store cannot be looked up there and stay in memory. At this number
    /// (a long outage of the store) events with client-chosen ids are refused until it is back. Default 8,000,000: about half a gigabyte.
    /// </summary>
    public int MostUndrainedIds { get; init; } = 8_000_000;

    /// <summary>Ids for which the filter is first sized, 20 bits each; it doubles as it fills. Default 1,000,000: 2.5 MB.</summary>
    public int FilterIds { get; init; } = 1_000_000;

    /// <summary>How long a call with client-chosen ids waits at the start for the ids of earlier events to be read; zero: it is refused at once. Default 10 s.</summary>
    public TimeSpan StartWait { get; init; } = TimeSpan.FromSeconds(10);
}
