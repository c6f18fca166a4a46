using Assay.Events;

namespace Assay.Server;

/// <summary>The new state, or why there is none. Exactly one is set.</summary>
public sealed record LifecycleResult(ExperimentState? State, LifecycleProblem? Problem)
{
    public static LifecycleResult Done(ExperimentState state) => new(state, null);

    public static LifecycleResult Refused(string code, string message, string? hint = null) => new(null, new(code, message, hint));
}
