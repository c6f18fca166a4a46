using System.Collections.Immutable;
using System.Text.Json;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>promptfoo's providers: OpenAI and endpoints that speak its protocol, HTTP applications and programs.</summary>
internal static class PromptfooProviders
{
    private static readonly string[] Endpoint = ["apiBaseUrl", "apiHost", "apiKeyEnvar", "apiKey", "organization"];

    public static List<SuiteVariant> Read(Section root, ImmutableSortedDictionary<string, Upstream>.Builder upstreams, SortedSet<string> leftOut)
    {
        var variants = new List<SuiteVariant>();
        foreach (var (node, path) in root.List(root.Has("providers") ? "providers" : "targets", orOne: true))
        {
            var mapping = node as MappingNode;
            // A provider may be written as { openai:gpt-4o: { config: … } }.
            if (mapping is { Entries: [{ Value: MappingNode inner }] } && mapping["id"] is null)
                mapping = new MappingNode([new MappingEntry("id", mapping.Line, new ScalarNode(mapping.Entries[0].Key, false, mapping.Line)), .. inner.Entries], mapping.Line);
            if ((mapping?["id"] ?? node) is not ScalarNode id)
            {
                root.Error("provider", "providers", "a provider is a name such as openai:gpt-4o-mini, or { id, label, config }");
                continue;
            }
            if (Of(id.Value, (mapping?["label"] as ScalarNode)?.Value, mapping?["config"] as MappingNode, node.Line, path, root.Source, upstreams, leftOut) is { } variant) variants.Add(variant);
        }
        return variants;
    }

    private static SuiteVariant? Of(string id, string? label, MappingNode? config, int line, string path, Source source, ImmutableSortedDictionary<string, Upstream>.Builder upstreams, SortedSet<string> leftOut)
    {
        var key = PromptfooReader.Label(label ?? id.Replace("openai:chat:", "", StringComparison.Ordinal).Replace("openai:", "", StringComparison.Ordinal));
        string? Setting(string name) => (config?[name] as ScalarNode)?.Value;
        if (id.StartsWith("exec:", StringComparison.Ordinal))
            return new SuiteVariant { Settings = Settings(key), Command = new CommandApplication([.. id[5..].Split(' ', StringSplitOptions.RemoveEmptyEntries)]) };
        var url = id is "http" or "https" ? Setting("url") : id.StartsWith("http://", StringComparison.Ordinal) || id.StartsWith("https://", StringComparison.Ordinal) ? id : null;
        if (url is not null && Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            if (Setting("transformResponse") is { } transform) leftOut.Add($"provider '{id}': transformResponse '{transform}' is a program; the whole response is taken as the answer");
            return new SuiteVariant { Settings = Settings(key), Http = new HttpApplication(uri, config?["body"] is { } body ? NodeJson.ToElement(body) : null, null, null, null) };
        }
        if (!id.StartsWith("openai:", StringComparison.Ordinal) || id.Split(':') is not [_, .., var model] || id.StartsWith("openai:embedding", StringComparison.Ordinal))
        {
            source.Error("provider", line, path, $"the provider '{id}' has no equal here", "openai:MODEL with config.apiBaseUrl reaches any endpoint that speaks OpenAI's protocol; http and exec reach applications");
            return null;
        }
        if (Setting("apiKey") is not null) leftOut.Add($"provider '{id}': a key in the file is not used; name its variable with apiKeyEnvar");
        var baseUrl = Setting("apiBaseUrl") ?? (Setting("apiHost") is { } host ? $"https://{host}/v1" : "https://api.openai.com/v1");
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var address))
        {
            source.Error("url", line, path, $"'{baseUrl}' is not an absolute URL");
            return null;
        }
        var upstream = new Upstream(PromptfooReader.Label(address.Authority), address, Setting("apiKeyEnvar") ?? (baseUrl.Contains("api.openai.com", StringComparison.Ordinal) ? "OPENAI_API_KEY" : null));
        upstreams[upstream.Name] = upstream;
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        JsonElement? tools = null;
        foreach (var entry in config?.Entries ?? [])
        {
            if (Endpoint.Contains(entry.Key)) continue;
            if (entry.Key == "tools") tools = NodeJson.ToElement(entry.Value);
            else if (entry.Key.Any(char.IsUpper)) leftOut.Add($"provider '{id}': config.{entry.Key} has no equal here");
            else parameters[entry.Key] = NodeJson.ToElement(entry.Value);
        }
        return new SuiteVariant { Settings = Settings(key) with { Upstream = upstream.Name, Model = model, Parameters = parameters.ToImmutable(), Tools = tools } };
    }

    private static Variant Settings(string key) => new() { Key = key, Weight = 0, Ranges = [] };
}
