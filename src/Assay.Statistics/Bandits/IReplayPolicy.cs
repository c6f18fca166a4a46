namespace Assay.Statistics;

/// <summary>Something that allocates by context and learns in batches: what a log can be replayed under.</summary>
public interface IReplayPolicy
{
    /// <summary>As on the command line.</summary>
    string Name { get; }

    /// <summary>The probability of each arm in a context.</summary>
    /// <param name="context">Numbers known before the choice; may be empty.</param>
    /// <returns>As many probabilities as arms; their sum is 1.</returns>
    IReadOnlyList<double> Allocate(ReadOnlySpan<double> context);

    /// <summary>Takes in the events of one batch.</summary>
    /// <param name="batch">Events that the policy itself would have chosen.</param>
    void Learn(IReadOnlyList<LoggedEvent> batch);
}
