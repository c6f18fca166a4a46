using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Server;

/// <summary>An experiment as the control API shows it.</summary>
public sealed record ExperimentSnapshot(
    string Key, int Version, string Status, string DefinitionHash, string? Hypothesis, string? Owner, string Unit, string? Route,
    ImmutableArray<VariantSnapshot> Variants, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, Conclusion? Conclusion)
{
    public static ExperimentSnapshot Of(ExperimentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var experiment = state.Experiment;
        return new(experiment.Key, state.Version, ExperimentLifecycle.Text(state.Status), experiment.DefinitionHash, experiment.Hypothesis, experiment.Owner,
            experiment.Unit.ToString().ToLowerInvariant(), experiment.Route,
            [.. experiment.Variants.Select(v => new VariantSnapshot(v.Key, v.Weight, v.Upstream, v.Model, v.PromptVersion))],
            state.CreatedAt, state.StartedAt, state.EndedAt, state.Conclusion);
    }
}
