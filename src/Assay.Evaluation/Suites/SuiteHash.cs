using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Experiments.Reading;
using Assay.Experiments.Writing;

namespace Assay.Evaluation;

/// <summary>The identity of golden sets and suites: SHA-256 of canonical JSON, with the content of every referenced file. Format and key order make no difference.</summary>
public static class SuiteHash
{
    internal static Suite Fill(Suite suite)
    {
        var cases = OfCases(suite.Cases);
        var content = new JsonObject
        {
            ["variants"] = new JsonArray([.. suite.Variants.Select(v => Of(v, suite))]),
            ["cases"] = cases,
            ["checks"] = Checks(suite.Checks),
            ["judges"] = new JsonArray([.. suite.Judges.Select(Of)]),
            ["embeddings"] = suite.Embeddings?.Model,
            ["seed"] = suite.Run.Seed,
        };
        var contentHash = Digest(content);
        var policy = suite.Gate is { } g ? new JsonObject
        {
            ["primary"] = g.Primary,
            ["margin"] = g.Margin,
            ["minimumWinRateLower"] = g.MinimumWinRateLower,
            ["mustPass"] = Texts(g.MustPass),
            ["maxCostUsd"] = g.MaxCostUsd,
            ["maxCostPerAnswerUsd"] = g.MaxCostPerAnswerUsd,
            ["maxLatencyP95Ms"] = g.MaxLatencyP95Ms,
            ["requireCalibratedJudge"] = g.RequireCalibratedJudge,
            ["alpha"] = g.Alpha,
        } : null;
        return suite with { CasesHash = cases, ContentHash = contentHash, SuiteHash = Digest(new JsonObject { ["content"] = contentHash, ["gate"] = policy }) };
    }

    /// <summary>Version of a golden set; where a case stands and what it is called on disk make no difference.</summary>
    public static string OfCases(ImmutableArray<GoldenCase> cases) => Digest(new JsonArray([.. cases.Select(Of)]));

    private static JsonObject Of(GoldenCase c)
    {
        var json = new JsonObject
        {
            ["id"] = c.Id,
            ["messages"] = Turns(c.Messages),
            ["vars"] = DefinitionJson.Object(c.Variables),
            ["expected"] = c.Expected,
            ["context"] = Texts(c.Context),
            ["tags"] = Texts(c.Tags),
            ["cluster"] = c.Cluster,
            ["checks"] = Checks(c.Checks),
        };
        if (!c.Criteria.IsEmpty) json["criteria"] = Texts(c.Criteria);
        return json;
    }

    /// <summary>Identity of one variant.</summary>
    public static string OfVariant(SuiteVariant variant, Suite suite) => Digest(Of(variant, suite));

    internal static string Digest(JsonNode node) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(node))));

    internal static JsonArray Turns(ImmutableArray<ChatTurn> turns) => new([.. turns.Select(m => new JsonObject { ["role"] = m.Role, ["content"] = m.Content })]);

    private static JsonObject Of(SuiteVariant v, Suite suite) => new Fields
    {
        ["key"] = v.Key,
        ["endpoint"] = v.Settings.Upstream is { } name && suite.Upstreams.TryGetValue(name, out var upstream) ? upstream.BaseUrl.ToString() : v.Settings.Upstream,
        ["model"] = v.Settings.Model,
        ["system"] = v.Settings.System?.Text,
        ["systemMode"] = v.Settings.System is { } s ? Names.PromptModes.Of(s.Mode) : null,
        ["parameters"] = DefinitionJson.Object(v.Settings.Parameters),
        ["tools"] = v.Settings.Tools is { } tools ? DefinitionJson.Node(tools) : null,
        ["config"] = v.Settings.Config is { } config ? DefinitionJson.Node(config) : null,
        ["prompt"] = Turns(v.Prompt),
        ["http"] = v.Http is { } http ? new JsonObject { ["url"] = http.Url.ToString(), ["body"] = http.Body is { } b ? DefinitionJson.Node(b) : null, ["answerPath"] = http.AnswerPath, ["contextPath"] = http.ContextPath } : null,
        ["command"] = v.Command is { } command ? Texts(command.Arguments) : null,
        ["commandTakesPrompt"] = v.Command is { TakesPrompt: true } ? true : null,
        ["outputs"] = v.Outputs is { } outputs ? new JsonObject(outputs.Select(o => KeyValuePair.Create<string, JsonNode?>(o.Key, Texts([.. o.Value.Select(a => a.Text)])))) : null,
        ["context"] = v.Context is { } context ? Texts(context) : null,
        ["contextByCase"] = v.ContextByCase is { } by ? new JsonObject(by.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Key, Texts(c.Value)))) : null,
    }.ToObject();

    private static JsonObject Of(JudgeSpec j)
    {
        var json = new JsonObject { ["key"] = j.Key, ["members"] = Texts([.. j.Members.Select(m => JudgeConfiguration.Of(j, m).Hash)]), ["repeats"] = j.Repeats, ["panel"] = j.Panel.ToString() };
        if (j.Pairs == PairRule.Round) json["pairs"] = "round";
        if (j.Only is { } only) json["only"] = Texts([.. only]);
        return json;
    }

    private static JsonArray Checks(ImmutableArray<CheckSpec> checks) => new([.. checks.Select(c => new JsonObject
    {
        ["type"] = c.Type,
        ["not"] = c.IsNegated,
        ["weight"] = c.Weight,
        ["metric"] = c.MetricName,
        ["arguments"] = DefinitionJson.Node(c.Arguments),
    })]);

    private static JsonArray Texts(ImmutableArray<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
