using Assay.Events;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>One chat request on its way: what was asked, what was planned, what came of it. Belongs to one request.</summary>
internal sealed class ChatCall
{
    private bool isExposureSettled;

    public required HttpContext Context { get; init; }
    public required GatewaySnapshot Snapshot { get; init; }
    public required ChatRequest Request { get; init; }
    public required RequestUnits Units { get; init; }
    public required RequestContext Attributes { get; init; }
    public required ServingPlan Plan { get; set; }
    public required GenerationMeter Meter { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string GenerationId { get; init; }
    public required ResponseFacts Facts { get; set; }
    public PendingExposures Exposures { get; set; }

    public GenerationStatus Status { get; private set; } = GenerationStatus.Ok;
    public string? ErrorCode { get; private set; }

    /// <summary>Notes how it ended when it did not end well; the first reason stays.</summary>
    public void Fail(GenerationStatus status, string code)
    {
        if (Status != GenerationStatus.Ok) return;
        Status = status;
        ErrorCode = code;
    }

    /// <summary>Waits for the exposures and writes the headers that name them. Must come before the first byte of any response; a second call does nothing.</summary>
    public async ValueTask SettleExposuresAsync(ExposureRecorder recorder)
    {
        if (isExposureSettled) return;
        isExposureSettled = true;
        if (!await recorder.CompleteAsync(Exposures)) Plan.FallBack(Reasons.ExposureNotRecorded);
        if (!Context.Response.HasStarted) ResponseHeaders.Write(this);
    }
}
