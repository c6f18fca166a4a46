namespace Assay.Server.Tests;

/// <summary>Small definitions for tests.</summary>
internal static class Definitions
{
    public static string Experiment(string key = "greeting", string route = "bot", string treatment = "Be brief.", string audience = "", double baseline = 0.6, string keyEnv = "", string looks = "") => $$"""
        key: {{key}}
        unit: conversation
        route: {{route}}
        variants:
          - { key: control, weight: 0.5, upstream: local, model: m, system: "Be helpful." }
          - { key: treatment, weight: 0.5, upstream: local, model: m, system: "{{treatment}}" }
        {{audience}}
        metrics: { primary: resolution_rate }
        plan: { minimumEffect: 0.3, baseline: {{baseline.ToString(System.Globalization.CultureInfo.InvariantCulture)}}{{looks}} }
        ---
        upstreams: { local: { baseUrl: "http://127.0.0.1:9/v1"{{(keyEnv.Length == 0 ? "" : $", keyEnv: {keyEnv}")}} } }
        routes: { {{route}}: { upstream: local, model: m } }
        """;
}
