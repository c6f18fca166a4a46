using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Experiments.Writing;

namespace Assay.Evaluation;

/// <summary>SHA-256 of the canonical JSON of all that a rubric tells a judge; labels that were only used to tune it change nothing that it says.</summary>
internal static class RubricHash
{
    public static string Of(Rubric rubric) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(Json(rubric)))));

    private static JsonObject Json(Rubric rubric) => new()
    {
        ["key"] = rubric.Key,
        ["task"] = rubric.Task,
        ["needs"] = new JsonArray(rubric.NeedsContext, rubric.NeedsExpected),
        ["perTurn"] = rubric.PerTurn,
        ["steps"] = Texts(rubric.Steps),
        ["axes"] = new JsonArray([.. rubric.Axes.Select(a => new JsonObject
        {
            ["key"] = a.Key,
            ["question"] = a.Question,
            ["anchors"] = new JsonArray([.. a.Anchors.Select(x => new JsonArray(x.Key, x.Value))]),
            ["higherIsBetter"] = a.HigherIsBetter,
            ["pass"] = a.Pass,
        })]),
        ["examples"] = new JsonArray([.. rubric.Examples.Select(e => new JsonObject
        {
            ["input"] = e.Input,
            ["answer"] = e.Answer,
            ["reason"] = e.Reason,
            ["scores"] = new JsonArray([.. e.Scores.Select(x => new JsonArray(x.Key, x.Value))]),
        })]),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
