using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>The headers that tell a client what it got. With several experiments their values stand comma-separated, in the same order everywhere.</summary>
internal static class ResponseHeaders
{
    public const string Experiment = "x-assay-experiment";
    public const string Variant = "x-assay-variant";
    public const string ExposureId = "x-assay-exposure-id";
    public const string GenerationId = "x-assay-generation-id";
    public const string Config = "x-assay-config";
    public const string FallbackReason = "x-assay-fallback-reason";

    /// <summary>Most servers refuse header lines beyond 8 KB; a larger configuration is to be had from <c>/api/v1/assign</c>.</summary>
    private const int LongestConfig = 6 * 1024;

    public static void Write(ChatCall call)
    {
        var headers = call.Context.Response.Headers;
        headers[GenerationId] = call.GenerationId;
        if (call.Plan.FallbackReason is { } reason) headers[FallbackReason] = reason;
        var arms = call.Plan.Assigned;
        if (arms.Count == 0) return;
        headers[Experiment] = Join(arms, static a => a.Experiment.Key);
        headers[Variant] = Join(arms, static a => a.Variant);
        if (arms.Exists(static a => a.IsExposed)) headers[ExposureId] = Join(arms, static a => a.IsExposed ? a.ExposureId : "");
        WriteConfig(headers, arms);
    }

    private static void WriteConfig(IHeaderDictionary headers, List<AssignedVariant> arms)
    {
        if (!arms.Exists(static a => Served(a).Config is not null)) return;
        var config = arms.Count == 1 ? Served(arms[0]).Config! : "[" + Join(arms, static a => Served(a).Config ?? "null") + "]";
        if (config.Length <= LongestConfig) headers[Config] = config;
    }

    private static VariantOverlay Served(AssignedVariant arm) => arm.ServesControl ? arm.Experiment.Control : arm.Overlay;

    private static string Join(List<AssignedVariant> arms, Func<AssignedVariant, string> value) =>
        arms.Count == 1 ? value(arms[0]) : string.Join(',', arms.Select(value));
}
