namespace Assay.Evaluation;

/// <summary>How answers are fetched; of these only the seed can change a result.</summary>
public sealed record RunSettings
{
    /// <summary>Answers per case and variant; at least 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Calls under way at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Per upstream; null: no limit.</summary>
    public double? RequestsPerMinute { get; init; }

    /// <summary>Of one try.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries after the first, for 408, 409, 429, 5xx and broken connections.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Goes to every variant where unset; repeat n is sent seed + n.</summary>
    public long Seed { get; init; } = 1;
}
