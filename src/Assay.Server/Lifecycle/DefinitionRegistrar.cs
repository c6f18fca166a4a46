using Assay.Events;
using Assay.Experiments;

namespace Assay.Server;

/// <summary>Takes definitions, from files at start or over HTTP: routing first, then the experiments as drafts or new versions.</summary>
public sealed class DefinitionRegistrar(ExperimentLifecycle lifecycle, RoutingTable routing, IControlStore store) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Over HTTP: what it brings of routing is kept in the control store.</summary>
    public async Task<RegistrationResult> RegisterTextAsync(string text, string actor, CancellationToken cancellationToken = default)
    {
        var read = DefinitionReader.ReadText(text, known: routing.Current);
        if (read.Definitions is not { } set) return new RegistrationResult([], [.. read.Errors], [.. read.Warnings]);
        await _one.WaitAsync(cancellationToken);
        try
        {
            var kept = await store.ReadRoutingAsync(cancellationToken);
            var merged = new RoutingTable();
            if (kept is not null && DefinitionReader.ReadText(kept).Definitions is { } old) merged.Merge(old);
            merged.Merge(set);
            await store.SaveRoutingAsync(DefinitionWriter.ToJson(merged.Current), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
        return await RegisterAsync(set, read, actor, cancellationToken);
    }

    /// <summary>At start: the routing that came over HTTP earlier.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken = default)
    {
        if (await store.ReadRoutingAsync(cancellationToken) is { } kept && DefinitionReader.ReadText(kept).Definitions is { } set) routing.Merge(set);
    }

    /// <summary>From files: they stay where they are and are read again at the next start.</summary>
    public async Task<RegistrationResult> RegisterFilesAsync(IReadOnlyList<string> files, string actor, CancellationToken cancellationToken = default)
    {
        var read = DefinitionReader.ReadFiles(files);
        return read.Definitions is { } set
            ? await RegisterAsync(set, read, actor, cancellationToken)
            : new RegistrationResult([], [.. read.Errors], [.. read.Warnings]);
    }

    public void Dispose() => _one.Dispose();

    private async Task<RegistrationResult> RegisterAsync(DefinitionSet set, DefinitionResult read, string actor, CancellationToken cancellationToken)
    {
        routing.Merge(set);
        var states = new List<ExperimentState>();
        foreach (var experiment in set.Experiments)
            states.Add((await lifecycle.CreateAsync(experiment, actor, cancellationToken)).State!);
        return new RegistrationResult([.. states], [], [.. read.Warnings]);
    }
}
