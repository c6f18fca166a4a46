namespace Assay.Analysis;

/// <summary>The decisions as scripts and people read them, and the exit code of a gate.</summary>
public static class DecisionNames
{
    public static string Of(Decision decision) => decision switch
    {
        Decision.Invalid => "invalid",
        Decision.RolledBack => "rolled-back",
        Decision.DoNotShip => "do-not-ship",
        Decision.Ship => "ship",
        Decision.Hold => "hold",
        Decision.NoDifference => "no-difference",
        Decision.Inconclusive => "inconclusive",
        Decision.KeepRunning => "keep-running",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "not a decision"),
    };

    /// <summary>0 ship; 1 do-not-ship, hold, rolled-back, no-difference; 3 keep-running, inconclusive; 4 invalid.</summary>
    public static int GateExitCode(Decision decision) => decision switch
    {
        Decision.Ship => 0,
        Decision.DoNotShip or Decision.Hold or Decision.RolledBack or Decision.NoDifference => 1,
        Decision.KeepRunning or Decision.Inconclusive => 3,
        Decision.Invalid => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "not a decision"),
    };
}
