using System.Net.Http.Headers;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>An upstream ready to be called. A class, not a record: a record's text would print the key.</summary>
public sealed class GatewayUpstream
{
    internal GatewayUpstream(Upstream definition, Func<string, string?> environment)
    {
        Name = definition.Name;
        KeyEnv = definition.KeyEnv;
        ChatUri = new Uri(definition.BaseUrl.AbsoluteUri.TrimEnd('/') + "/chat/completions");
        if (KeyEnv is null) return;
        var key = environment(KeyEnv)?.Trim();
        if (string.IsNullOrEmpty(key)) IsKeyMissing = true;
        else Authorization = new AuthenticationHeaderValue("Bearer", key).ToString();
    }

    public string Name { get; }
    public string? KeyEnv { get; }

    /// <summary>True when the environment variable that should hold the key is not set: nothing can be served from here.</summary>
    public bool IsKeyMissing { get; }

    internal Uri ChatUri { get; }
    internal string? Authorization { get; }

    public override string ToString() => Name;
}
