using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>promptfoo's providers: OpenAI and endpoints that speak its protocol, HTTP applications and programs.</summary>
internal static partial class PromptfooProviders
{
    private static readonly string[] Endpoint = ["apiBaseUrl", "apiHost", "apiKeyEnvar", "apiKey", "organization"];

    /// <summary>Each provider, with the prompts that it is restricted to; null: all.</summary>
    public static List<(SuiteVariant Provider, IReadOnlyList<string>? Prompts)> Read(Section root, PromptfooImport import)
    {
        var providers = new List<(SuiteVariant, IReadOnlyList<string>?)>();
        foreach (var (node, path) in root.List(root.Has("providers") ? "providers" : "targets", orOne: true))
        {
            if (Named(node, out var mapping) is not { } id) root.Error("provider", "providers", "a provider is a name such as openai:gpt-4o-mini, or { id, label, config }");
            else if (Of(id, mapping, node.Line, path, root.Source, import) is { } variant)
                providers.Add((variant, mapping?["prompts"] switch { SequenceNode list => [.. list.Items.OfType<ScalarNode>().Select(s => s.Value)], ScalarNode one => [one.Value], _ => null }));
        }
        return providers;
    }

    /// <summary>The endpoint and model behind a provider that grades or embeds; null, with a problem, when it has no equal.</summary>
    public static (JudgeMember Member, ImmutableSortedDictionary<string, JsonElement> Parameters)? Model(Node node, string path, Source source, PromptfooImport import) =>
        Named(node, out var mapping) is { } id && Of(id, mapping, node.Line, path, source, import) is { IsModel: true, Settings: var settings }
            ? (new JudgeMember(settings.Upstream!, settings.Model!), settings.Parameters) : null;

    // A provider may be written as a name, as { id: …, config: … } or as { openai:gpt-4o: { config: … } }.
    private static string? Named(Node node, out MappingNode? mapping)
    {
        mapping = node as MappingNode;
        if (mapping is { Entries: [{ Value: MappingNode inner }] } && mapping["id"] is null)
            mapping = new MappingNode([new MappingEntry("id", mapping.Line, new ScalarNode(mapping.Entries[0].Key, false, mapping.Line)), .. inner.Entries], mapping.Line);
        return ((mapping?["id"] ?? node) as ScalarNode)?.Value;
    }

    private static SuiteVariant? Of(string id, MappingNode? mapping, int line, string path, Source source, PromptfooImport import)
    {
        var (label, config) = ((mapping?["label"] as ScalarNode)?.Value, mapping?["config"] as MappingNode);
        foreach (var entry in mapping?.Entries.Where(e => e.Key is not ("id" or "label" or "config" or "prompts")) ?? [])
            import.LeftOut.Add(entry.Key == "transform" ? $"provider '{id}': transform is a program; checks see the answer as it came" : $"provider '{id}': '{entry.Key}' has no equal here");
        var key = PromptfooReader.Label(label ?? id.Replace("openai:chat:", "", StringComparison.Ordinal).Replace("openai:", "", StringComparison.Ordinal));
        if (id.StartsWith("exec:", StringComparison.Ordinal))
        {
            foreach (var entry in config?.Entries ?? []) import.LeftOut.Add($"provider '{id}': config.{entry.Key} has no equal here");
            return new SuiteVariant { Settings = Settings(key), Command = new CommandApplication([.. id[5..].Split(' ', StringSplitOptions.RemoveEmptyEntries)]) { TakesPrompt = true } };
        }
        var url = id is "http" or "https" ? Text(config, "url") : id.StartsWith("http://", StringComparison.Ordinal) || id.StartsWith("https://", StringComparison.Ordinal) ? id : null;
        if (url is not null && Uri.TryCreate(url, UriKind.Absolute, out var uri)) return new SuiteVariant { Settings = Settings(key), Http = Http(id, uri, config, import) };
        if (!id.StartsWith("openai:", StringComparison.Ordinal) || id.Split(':') is not [_, .., var model])
        {
            source.Error("provider", line, path, $"the provider '{id}' has no equal here", "openai:MODEL with config.apiBaseUrl reaches any endpoint that speaks OpenAI's protocol; http and exec reach applications");
            return null;
        }
        return Chat(id, key, model, config, line, path, source, import);
    }

    private static SuiteVariant? Chat(string id, string key, string model, MappingNode? config, int line, string path, Source source, PromptfooImport import)
    {
        if (id.Split(':') is [_, var kind and not ("chat" or "embedding" or "embeddings"), _, ..]) import.LeftOut.Add($"provider '{id}': asked through chat completions, not through '{kind}'");
        if (Text(config, "apiKey") is not null) import.LeftOut.Add($"provider '{id}': a key in the file is not used; name its variable with apiKeyEnvar");
        var baseUrl = Text(config, "apiBaseUrl") ?? (Text(config, "apiHost") is { } host ? $"https://{host}/v1" : "https://api.openai.com/v1");
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var address))
        {
            source.Error("url", line, path, $"'{baseUrl}' is not an absolute URL");
            return null;
        }
        var upstream = new Upstream(PromptfooReader.Label(address.Authority), address, Text(config, "apiKeyEnvar") ?? (baseUrl.Contains("api.openai.com", StringComparison.Ordinal) ? "OPENAI_API_KEY" : null));
        import.Upstreams[upstream.Name] = upstream;
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        JsonElement? tools = null;
        foreach (var entry in config?.Entries ?? [])
        {
            if (Endpoint.Contains(entry.Key)) continue;
            if (entry.Key == "tools") tools = NodeJson.ToElement(entry.Value);
            else if (entry.Key.Any(char.IsUpper)) import.LeftOut.Add($"provider '{id}': config.{entry.Key} has no equal here");
            else parameters[entry.Key] = NodeJson.ToElement(entry.Value);
        }
        return new SuiteVariant { Settings = Settings(key) with { Upstream = upstream.Name, Model = model, Parameters = parameters.ToImmutable(), Tools = tools } };
    }

    private static HttpApplication Http(string id, Uri url, MappingNode? config, PromptfooImport import)
    {
        var transform = Text(config, "transformResponse") ?? Text(config, "responseParser");
        // A path into the response is one here too; anything else would have to be run.
        var answer = transform is not null && ResponsePath().Match(transform) is { Success: true } path ? path.Groups[1].Value : null;
        if (transform is not null && answer is null) import.LeftOut.Add($"provider '{id}': transformResponse '{transform}' is a program; the whole response is taken as the answer");
        foreach (var entry in config?.Entries ?? [])
        {
            var isUsed = entry.Key is "url" or "body" or "transformResponse" or "responseParser" || (entry is { Key: "method", Value: ScalarNode method } && method.Value.Equals("POST", StringComparison.OrdinalIgnoreCase));
            if (entry is { Key: "headers", Value: MappingNode headers })
                foreach (var header in headers.Entries.Where(h => !h.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase))) import.LeftOut.Add($"provider '{id}': the header '{header.Key}' is not sent");
            else if (!isUsed) import.LeftOut.Add($"provider '{id}': config.{entry.Key} has no equal here{(entry.Key == "method" ? "; it is asked with POST" : "")}");
        }
        return new HttpApplication(url, config?["body"] is { } body ? NodeJson.ToElement(body) : null, answer, null, null);
    }

    private static string? Text(MappingNode? config, string name) => (config?[name] as ScalarNode)?.Value;

    private static Variant Settings(string key) => new() { Key = key, Weight = 0, Ranges = [] };

    [GeneratedRegex(@"^\s*json((?:\.[A-Za-z_$][\w$]*|\[\d+\])+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex ResponsePath();
}
