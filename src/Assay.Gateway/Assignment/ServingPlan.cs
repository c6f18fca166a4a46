using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>How one request is served: which arms it counts to and what its body becomes. Belongs to one request.</summary>
internal sealed class ServingPlan
{
    public required ServedRoute Route { get; init; }
    public List<AssignedVariant> Assigned { get; } = new(1);

    /// <summary>Null when no upstream serves the route; see <see cref="Problem"/>.</summary>
    public GatewayUpstream? Upstream { get; set; }
    public OpenAiError? Problem { get; set; }
    public string Model { get; set; } = "";
    public string? SystemText { get; set; }
    public SystemPromptMode SystemMode { get; set; }
    public List<BodyField> Fields { get; } = [];

    /// <summary>Whether the request that goes upstream asks for JSON, be it by the client or by the variant.</summary>
    public bool AsksForJson { get; set; }

    /// <summary>Why control is served, or what else went wrong on the experiments' side; the first reason stays.</summary>
    public string? FallbackReason { get; private set; }

    public void FallBack(string reason) => FallbackReason ??= reason;
}
