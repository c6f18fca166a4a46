using System.Collections.Immutable;
using System.Text;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>What one variant changes in a request, prepared: names and values are ready to be copied into a body.</summary>
internal sealed class VariantOverlay
{
    /// <summary>Fields that the gateway itself answers for; a variant may not set them as parameters.</summary>
    private static readonly string[] Reserved = ["messages", "model", "stream", "stream_options"];

    /// <param name="variant">What was declared.</param>
    /// <param name="extraFields">Further fields to set.</param>
    public VariantOverlay(Variant variant, params ImmutableArray<BodyField> extraFields)
    {
        Variant = variant;
        System = variant.System is { } system ? TemplateText.Parse(system.Text) : null;
        SystemMode = variant.System?.Mode ?? SystemPromptMode.Replace;
        var fields = variant.Parameters
            .Where(p => !Reserved.Contains(p.Key, StringComparer.Ordinal))
            .Select(p => new BodyField(p.Key, Encoding.UTF8.GetBytes(p.Value.GetRawText())));
        if (variant.Tools is { } tools) fields = fields.Append(new BodyField("tools", Encoding.UTF8.GetBytes(tools.GetRawText())));
        Fields = [.. fields, .. extraFields];
        Config = variant.Config is { } config ? CompactJson.Ascii(config) : null;
        Problem = variant.Parameters.Keys.FirstOrDefault(k => Reserved.Contains(k, StringComparer.Ordinal)) is { } name
            ? $"variant '{variant.Key}' sets the parameter '{name}', which is the gateway's own; it is not applied" : null;
    }

    public Variant Variant { get; }
    public TemplateText? System { get; }
    public SystemPromptMode SystemMode { get; }
    public ImmutableArray<BodyField> Fields { get; }

    /// <summary>The configuration as compact JSON in ASCII, as a header may carry it; null without one.</summary>
    public string? Config { get; }
    public string? Problem { get; }
}
