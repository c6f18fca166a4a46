using System.Text.Json.Nodes;
using Assay.Experiments.Writing;

namespace Assay.Evaluation;

/// <summary>What makes two calls the same call: endpoint, model, messages, parameters, tools and repeat. Only then may one be answered from the other's record.</summary>
public static class CallKey
{
    /// <param name="endpoint">Where the upstream is; its name is the user's own.</param>
    /// <param name="call">What is asked.</param>
    /// <returns>64 hex digits.</returns>
    public static string Of(Uri endpoint, ModelCall call)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(call);
        return SuiteHash.Digest(new JsonObject
        {
            ["endpoint"] = endpoint.ToString(),
            ["model"] = call.Model,
            ["messages"] = SuiteHash.Turns(call.Messages),
            ["parameters"] = DefinitionJson.Object(call.Parameters),
            ["tools"] = call.Tools is { } tools ? DefinitionJson.Node(tools) : null,
            ["repeat"] = call.Repeat,
        });
    }

    /// <summary>The same for an application, which is known by its own declaration and the case.</summary>
    internal static string Of(SuiteVariant variant, Suite suite, GoldenCase golden, int repeat) => SuiteHash.Digest(new JsonObject
    {
        ["variant"] = SuiteHash.OfVariant(variant, suite),
        ["case"] = SuiteHash.OfCases([golden with { Checks = [], Criteria = [], Expected = null, Tags = [] }]),
        ["repeat"] = repeat,
    });
}
