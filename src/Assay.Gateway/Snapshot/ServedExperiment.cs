using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>One experiment as the gateway serves it: compiled variants, and the assigner while it runs.</summary>
internal sealed class ServedExperiment
{
    public ServedExperiment(ExperimentState state, DecideUnit? decide = null, Func<Variant, VariantOverlay>? overlay = null)
    {
        Experiment = state.Experiment;
        Version = state.Version;
        Status = state.Status;
        Overlays = [.. state.Experiment.Variants.Select(overlay ?? (static v => new VariantOverlay(v)))];
        if (state.Status == ExperimentStatus.Running) Decide = decide ?? new ExperimentAssigner(state.Experiment).Decide;
        if (state.Status == ExperimentStatus.Concluded && state.Conclusion is { } conclusion)
            Chosen = Overlays.FirstOrDefault(o => o.Variant.Key == conclusion.Variant);
    }

    public Experiment Experiment { get; }
    public string Key => Experiment.Key;
    public int Version { get; }
    public ExperimentStatus Status { get; }
    public ImmutableArray<VariantOverlay> Overlays { get; }
    public VariantOverlay Control => Overlays[0];

    /// <summary>Set exactly while the experiment runs.</summary>
    public DecideUnit? Decide { get; }

    /// <summary>The variant that a conclusion chose; null before one.</summary>
    public VariantOverlay? Chosen { get; }
}
