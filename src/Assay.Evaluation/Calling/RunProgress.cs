namespace Assay.Evaluation;

/// <summary>Counts while a run goes on; sound for concurrent use.</summary>
public sealed class RunProgress
{
    private readonly Lock guard = new();

    /// <summary>Calls that the endpoints answered in this run.</summary>
    public int Asked { get; private set; }

    /// <summary>Answers taken from the log.</summary>
    public int Remembered { get; private set; }

    public int Failures { get; private set; }

    /// <summary>Known costs of this run's own calls.</summary>
    public double SpentUsd { get; private set; }

    /// <summary>Answers whose cost is unknown.</summary>
    public int UnknownCosts { get; private set; }

    /// <summary>The last failure, for people.</summary>
    public string? LastFailure { get; private set; }

    internal void Answered(Answer answer)
    {
        lock (guard)
        {
            Asked++;
            if (answer.CostUsd is { } cost) SpentUsd += cost;
            else UnknownCosts++;
        }
    }

    internal void FromLog(Answer answer)
    {
        lock (guard)
        {
            Remembered++;
            if (answer.CostUsd is null) UnknownCosts++;
        }
    }

    internal void Failed(CallOutcome outcome)
    {
        lock (guard)
        {
            Failures++;
            LastFailure = outcome.Detail;
        }
    }
}
