using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Server;

/// <summary>The steps of an experiment's life. Each checks, writes state and audit in one transaction, then tells the gateway.</summary>
/// <param name="store">Where states are kept.</param>
/// <param name="routing">Upstreams by name, as known now.</param>
/// <param name="environment">Reads an environment variable, to see that keys are set.</param>
/// <param name="changed">Called after every change, before the step returns.</param>
public sealed class ExperimentLifecycle(
    IControlStore store,
    RoutingTable routing,
    Func<string, string?> environment,
    TimeProvider time,
    Func<CancellationToken, Task> changed) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Registers a definition: a new draft, a replaced draft, or a new version of what has started. The same definition again changes nothing.</summary>
    public Task<LifecycleResult> CreateAsync(Experiment experiment, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return LockedAsync(async () =>
        {
            var newest = await store.FindAsync(experiment.Key, cancellationToken);
            if (newest is not null && newest.Experiment.DefinitionHash == experiment.DefinitionHash) return LifecycleResult.Done(newest);
            var version = newest switch { null => 1, { Status: ExperimentStatus.Draft } => newest.Version, _ => newest.Version + 1 };
            var state = new ExperimentState { Experiment = experiment, Version = version, Status = ExperimentStatus.Draft, CreatedAt = time.GetUtcNow() };
            return await SaveAsync(state, "create", actor, null, cancellationToken);
        }, cancellationToken);
    }

    public Task<LifecycleResult> StartAsync(string key, string actor, CancellationToken cancellationToken = default) =>
        LockedAsync(async () =>
        {
            var all = await store.ListAsync(allVersions: true, cancellationToken);
            if (Newest(all, key) is not { } state) return Unknown(key);
            if (state.Status != ExperimentStatus.Draft) return WrongStatus(state, "start", "only a draft can be started; change the definition to get a new version");
            var running = all.Where(s => s.Status is ExperimentStatus.Running or ExperimentStatus.Paused).ToList();
            if (MissingKey(state.Experiment) is { } missing) return missing;
            if (state.Experiment.Rollout.FirstOrDefault(s => s.Skip is null && s.Exposure < state.Experiment.Exposure) is { } stage)
                return LifecycleResult.Refused("not-yet-supported", $"the rollout begins with stage '{stage.Stage}' at exposure {stage.Exposure}, and stages are not walked yet: all {state.Experiment.Exposure:P0} would be exposed at once",
                    $"set exposure: {stage.Exposure} on the experiment for now, or skip the stage with a reason");
            foreach (var other in running.Where(s => s.Experiment.Key != key))
                if (RouteConflicts.FieldInConflict(state.Experiment, other.Experiment) is { } field)
                    return LifecycleResult.Refused("route-conflict",
                        $"'{key}' and '{other.Experiment.Key}' are on route '{state.Experiment.Route}' and both set {field}",
                        "give both the same audience.layer with layerRanges that do not overlap, or stop one");
            foreach (var older in running.Where(s => s.Experiment.Key == key))
                await SaveAsync(older with { Status = ExperimentStatus.Stopped, EndedAt = time.GetUtcNow() }, "stop", actor, $"superseded by version {state.Version}", cancellationToken);
            return await SaveAsync(state with { Status = ExperimentStatus.Running, StartedAt = time.GetUtcNow() }, "start", actor, null, cancellationToken);
        }, cancellationToken);

    public Task<LifecycleResult> PauseAsync(string key, string actor, string? reason, CancellationToken cancellationToken = default) =>
        MoveAsync(key, "pause", actor, reason, [ExperimentStatus.Running], s => s with { Status = ExperimentStatus.Paused }, cancellationToken);

    public Task<LifecycleResult> ResumeAsync(string key, string actor, string? reason, CancellationToken cancellationToken = default) =>
        MoveAsync(key, "resume", actor, reason, [ExperimentStatus.Paused], s => s with { Status = ExperimentStatus.Running }, cancellationToken);

    public Task<LifecycleResult> StopAsync(string key, string actor, string? reason, CancellationToken cancellationToken = default) =>
        MoveAsync(key, "stop", actor, reason, [ExperimentStatus.Running, ExperimentStatus.Paused],
            s => s with { Status = ExperimentStatus.Stopped, EndedAt = time.GetUtcNow() }, cancellationToken);

    /// <summary>Ends the experiment at once; from then on the route serves what it did before. The verdict becomes rolled-back.</summary>
    public Task<LifecycleResult> RollBackAsync(string key, string actor, string? reason, CancellationToken cancellationToken = default) =>
        string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult(LifecycleResult.Refused("reason-required", "a rollback is on record for good and needs a reason", "add --reason \"…\""))
            : MoveAsync(key, "rollback", actor, reason, [ExperimentStatus.Running, ExperimentStatus.Paused],
                s => s with { Status = ExperimentStatus.RolledBack, EndedAt = time.GetUtcNow() }, cancellationToken);

    /// <summary>A person's decision. Running experiments end; the chosen variant is served from now on.</summary>
    /// <param name="verdictDecision">What the report says now; the verdict itself never changes.</param>
    public Task<LifecycleResult> ConcludeAsync(string key, string outcome, string? variant, string? reason, ImmutableArray<string> acceptedGuardrails,
        string verdictDecision, string actor, CancellationToken cancellationToken = default) =>
        LockedAsync(async () =>
        {
            // A newer draft does not hide the version that carried traffic, which is what the verdict is about.
            var all = await store.ListAsync(allVersions: true, cancellationToken);
            if ((Newest([.. all.Where(s => s.StartedAt is not null)], key) ?? Newest(all, key)) is not { } state) return Unknown(key);
            if (state.Status is ExperimentStatus.Draft or ExperimentStatus.Concluded) return WrongStatus(state, "conclude", "only an experiment that has started and is not yet concluded can be");
            if (outcome is not ("ship" or "keep-control"))
                return LifecycleResult.Refused("unknown-outcome", $"outcome '{outcome}' is not known", "use ship or keep-control");
            var experiment = state.Experiment;
            var chosen = outcome == "keep-control" ? experiment.Control.Key : variant ?? (experiment.Variants.Length == 2 ? experiment.Variants[1].Key : null);
            if (chosen is null || experiment.Variants.All(v => v.Key != chosen) || (outcome == "ship" && chosen == experiment.Control.Key))
                return LifecycleResult.Refused("unknown-variant", $"'{chosen}' is not a treatment of '{key}'", $"name one of {string.Join(", ", experiment.Variants.Skip(1).Select(v => v.Key))}");
            var against = outcome == "ship" ? verdictDecision != "ship" : verdictDecision == "ship";
            if (against && string.IsNullOrWhiteSpace(reason))
                return LifecycleResult.Refused("reason-required", $"the verdict is {verdictDecision}; concluding {outcome} against it needs a reason", "add --reason \"…\"");
            var conclusion = new Conclusion(outcome, chosen, reason, acceptedGuardrails.IsDefault ? [] : acceptedGuardrails, against);
            return await SaveAsync(state with { Status = ExperimentStatus.Concluded, EndedAt = state.EndedAt ?? time.GetUtcNow(), Conclusion = conclusion }, "conclude", actor, reason, cancellationToken);
        }, cancellationToken);

    public void Dispose() => _one.Dispose();

    private Task<LifecycleResult> MoveAsync(string key, string action, string actor, string? reason, ExperimentStatus[] from,
        Func<ExperimentState, ExperimentState> move, CancellationToken cancellationToken) =>
        LockedAsync(async () =>
        {
            var all = await store.ListAsync(allVersions: true, cancellationToken);
            // A newer draft does not hide the version that carries traffic.
            var state = all.FirstOrDefault(s => s.Experiment.Key == key && s.Status is ExperimentStatus.Running or ExperimentStatus.Paused)
                ?? Newest(all, key);
            if (state is null) return Unknown(key);
            if (!from.Contains(state.Status)) return WrongStatus(state, action, $"that needs {string.Join(" or ", from.Select(Text))}");
            return await SaveAsync(move(state), action, actor, reason, cancellationToken);
        }, cancellationToken);

    private LifecycleResult? MissingKey(Experiment experiment)
    {
        var used = experiment.Variants.Select(v => v.Upstream).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (experiment.Route is { } name && routing.Current.Routes.TryGetValue(name, out var route)) used.Add(route.Upstream);
        foreach (var upstream in used.Order(StringComparer.Ordinal))
        {
            if (!routing.Current.Upstreams.TryGetValue(upstream, out var known))
                return LifecycleResult.Refused("unknown-upstream", $"upstream '{upstream}' is not defined on this server", "add it under upstreams: in a definition file");
            if (known.KeyEnv is { } variable && string.IsNullOrEmpty(environment(variable)))
                return LifecycleResult.Refused("missing-key", $"upstream '{upstream}' takes its key from {variable}, which is not set", $"set {variable} in the server's environment and start it again");
        }
        return null;
    }

    private async Task<LifecycleResult> SaveAsync(ExperimentState state, string action, string actor, string? reason, CancellationToken cancellationToken)
    {
        await store.SaveAsync(state, new AuditEntry(time.GetUtcNow(), actor, action, state.Experiment.Key, state.Version, reason), cancellationToken);
        await changed(cancellationToken);
        return LifecycleResult.Done(state);
    }

    private async Task<LifecycleResult> LockedAsync(Func<Task<LifecycleResult>> step, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try { return await step(); }
        finally { _one.Release(); }
    }

    private static ExperimentState? Newest(IReadOnlyList<ExperimentState> all, string key) =>
        all.Where(s => s.Experiment.Key == key).MaxBy(s => s.Version);

    private static LifecycleResult Unknown(string key) =>
        LifecycleResult.Refused("unknown-experiment", $"there is no experiment '{key}'", "GET /api/v1/experiments lists them");

    private static LifecycleResult WrongStatus(ExperimentState state, string action, string hint) =>
        LifecycleResult.Refused("wrong-status", $"'{state.Experiment.Key}' version {state.Version} is {Text(state.Status)} and cannot {action}", hint);

    internal static string Text(ExperimentStatus status) => status switch
    {
        ExperimentStatus.RolledBack => "rolled-back",
        _ => status.ToString().ToLowerInvariant(),
    };
}
