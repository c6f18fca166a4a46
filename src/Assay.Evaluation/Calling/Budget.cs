namespace Assay.Evaluation;

/// <summary>Keeps a run below a cost: what a call may take is set aside before it is made.</summary>
public sealed class Budget(double? maxCostUsd)
{
    private readonly Lock guard = new();
    private double reserved;

    /// <summary>Known costs so far.</summary>
    public double SpentUsd { get; private set; }

    public double? MaxCostUsd { get; } = maxCostUsd;

    /// <summary>Sets aside; false: it might exceed the limit. Without a limit everything fits.</summary>
    public bool TryReserve(double estimateUsd)
    {
        lock (guard)
        {
            if (SpentUsd + reserved + estimateUsd > MaxCostUsd) return false;
            reserved += estimateUsd;
            return true;
        }
    }

    /// <summary>Puts what it did cost in the place of what was set aside.</summary>
    /// <param name="estimateUsd">As it was reserved.</param>
    /// <param name="costUsd">Null: it may have cost something, and nobody knows what: under a limit what was set aside counts as spent.</param>
    public void Settle(double estimateUsd, double? costUsd)
    {
        lock (guard)
        {
            reserved -= estimateUsd;
            SpentUsd += costUsd ?? (MaxCostUsd is null ? 0 : estimateUsd);
        }
    }
}
