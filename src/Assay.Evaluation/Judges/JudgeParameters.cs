using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>The body fields that a judge's calls carry.</summary>
internal static class JudgeParameters
{
    private static readonly JsonElement Zero = JsonElement.Parse("0"), True = JsonElement.Parse("true"), Alternatives = JsonElement.Parse("20");

    public static ImmutableSortedDictionary<string, JsonElement> Of(JudgeSpec spec)
    {
        var parameters = spec.Parameters;
        if (!parameters.ContainsKey("temperature")) parameters = parameters.Add("temperature", Zero);
        if (!spec.UsesLogProbabilities) return parameters;
        parameters = parameters.SetItem("logprobs", True);
        return parameters.ContainsKey("top_logprobs") ? parameters : parameters.Add("top_logprobs", Alternatives);
    }
}
