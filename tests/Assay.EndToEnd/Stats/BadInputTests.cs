using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

/// <summary>
/// Every method of the library on damaged versions of its own example: refused as wrong usage (exit 2), or answered with finite numbers and
/// nulls that have a reason. Nothing else comes out: no other exception, no NaN.
/// </summary>
public sealed class BadInputTests
{
    private static readonly double[] s_numbers = [0, -1, 1, 1.5, -0.25, 1e-300, 1e17, 1e200, -1e300, 1e308];

    /// <summary>Whose simulated answers take long at absurd counts; their fields are bounded by other tests.</summary>
    private static readonly string[] s_slowFields = ["resamples", "permutations", "draws", "runs"];

    public static TheoryData<string> Methods => [.. StatsMethods.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Run_DamagedInput_IsRefusedOrAnsweredWithReasons(string method)
    {
        var example = JsonNode.Parse(StatsMethods.Find(method).Example)!.AsObject();
        var failures = Damaged(example).Select(input => Check(method, input)).OfType<string>().Take(8).ToList();
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }

    /// <summary>The forms in which a report's rows give their arguments.</summary>
    [Theory]
    [InlineData("welch-t", """{"controlN": 40, "controlMean": 2.5, "controlVariance": 1.5, "treatmentN": 50, "treatmentMean": 3, "treatmentVariance": 2}""")]
    [InlineData("ratio-delta", """{"controlN": 40, "controlMeanNumerator": 2, "controlMeanDenominator": 3, "controlVarianceNumerator": 1, "controlVarianceDenominator": 2, "controlCovariance": 0.5, "treatmentN": 50, "treatmentMeanNumerator": 2, "treatmentMeanDenominator": 3, "treatmentVarianceNumerator": 1, "treatmentVarianceDenominator": 2, "treatmentCovariance": 0.5}""")]
    [InlineData("cuped", """{"n": 40, "means": [2, 3], "covariance": [[2, 0.5], [0.5, 1]]}""", """{"control": 0, "treatment": 0, "covariates": ["past"], "thetaKind": "total", "thetaIsKnown": true}""")]
    [InlineData("post-stratified-mean", """{"n": 40, "mean": 2, "variance": 1}""", """{"strata": [{"weight": 1, "control": 0, "treatment": 0}]}""")]
    [InlineData("post-stratified-ratio", """{"n": 40, "meanNumerator": 2, "meanDenominator": 3, "varianceNumerator": 1, "varianceDenominator": 2, "covariance": 0.5}""", """{"strata": [{"weight": 1, "control": 0, "treatment": 0}]}""")]
    [InlineData("quantile-order-statistics", """{"events": 90, "units": 40, "value": 5, "low": 4, "high": 7}""", """{"control": 0, "treatment": 0, "quantile": 0.9, "intervalZ": 1.96}""")]
    [InlineData("cluster-t", """{"weights": [1, 2, 3, 1, 2], "sums": [3, 5, 8, 2, 5]}""", """{"controlClusters": 0, "treatmentClusters": 0, "estimand": "observation"}""")]
    public void Run_DamagedMoments_AreRefusedOrAnsweredWithReasons(string method, string arm, string? around = null)
    {
        var failures = (around is null ? Damaged(JsonNode.Parse(arm)!.AsObject())
            : Damaged(JsonNode.Parse(arm)!.AsObject()).Select(bad => Around(bad, JsonNode.Parse(arm)!))
                .Concat(Damaged(Around(JsonNode.Parse(arm)!, JsonNode.Parse(arm)!)))).Select(input => Check(method, input)).OfType<string>().Take(8).ToList();
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));

        JsonObject Around(JsonNode control, JsonNode treatment)
        {
            var input = JsonNode.Parse(around!)!.AsObject();
            var place = input["strata"] is JsonArray strata ? strata[0]!.AsObject() : input;
            foreach (var (name, value) in new[] { ("control", control), ("treatment", treatment) })
                place[place.ContainsKey(name) ? name : name + "Clusters"] = value.DeepClone();
            return input;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Run_AlphaOutsideItsRange_IsRefused(string method)
    {
        if (!TakesAlpha(method)) return;
        foreach (var alpha in new[] { 0, 1, -0.05, 1.5, 1e308 })
        {
            var refused = Assert.ThrowsAny<UsageException>(() => StatsMethods.Run(method, With(method, "alpha", alpha)));
            Assert.Contains("alpha", refused.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("two-proportion-z", """{"controlSuccesses": 11, "controlTotal": 10, "treatmentSuccesses": 1, "treatmentTotal": 10}""", "more than")]
    [InlineData("two-proportion-z", """{"controlSuccesses": -1, "controlTotal": 10, "treatmentSuccesses": 1, "treatmentTotal": 10}""", "negative")]
    [InlineData("srm", """{"observed": [-5, 10], "weights": [0.5, 0.5]}""", "negative")]
    [InlineData("group-sequential", """{"looks": [0.5, 0.25, 1], "spending": "obrien-fleming"}""", "look")]
    [InlineData("group-sequential", """{"looks": [0.5, 0.5, 1], "spending": "obrien-fleming"}""", "look")]
    [InlineData("multiplicity", """{"pValues": [0.5, 1.5]}""", "p-value")]
    public void Run_NamedNonsense_IsRefusedInPlainWords(string method, string input, string said)
    {
        using var document = JsonDocument.Parse(input);
        var refused = Assert.ThrowsAny<UsageException>(() => StatsMethods.Run(method, document.RootElement));
        Assert.Contains(said, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Check(string method, JsonObject input)
    {
        JsonObject result;
        try
        {
            using var document = JsonDocument.Parse(input.ToJsonString());
            result = StatsMethods.Run(method, document.RootElement);
        }
        catch (UsageException refused)
        {
            return refused.Message.Length < 8 || refused.Message.StartsWith(':') ? $"{input.ToJsonString()}: refused with '{refused.Message}'" : null;
        }
        catch (Exception e)
        {
            return $"{input.ToJsonString()}: {e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }
        try
        {
            _ = result.ToJsonString();
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return $"{input.ToJsonString()}: {e.Message}";
        }
        var reasons = result["reasons"] as JsonObject;
        foreach (var (key, value) in result)
            if ((value is null || value is JsonArray { Count: > 0 } array && array.Any(v => v is null)) && string.IsNullOrWhiteSpace(reasons?[key]?.ToString()))
                return $"{input.ToJsonString()}: {key} is null without a reason";
        return null;
    }

    /// <summary>One field at a time: missing, null, of another kind, out of range, reversed, repeated, emptied, cut short.</summary>
    private static IEnumerable<JsonObject> Damaged(JsonObject example)
    {
        yield return [];
        foreach (var name in example.Select(p => p.Key).ToList())
        {
            yield return Changed(o => o.Remove(name));
            foreach (var wrong in new JsonNode?[] { null, "nonsense", true, new JsonObject(), new JsonArray(), new JsonArray(1), new JsonArray(1, 1), new JsonArray("a", null), new JsonArray(new JsonArray(1, -1), new JsonArray(2)) })
                yield return Changed(o => o[name] = wrong?.DeepClone());
            if (example[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && !s_slowFields.Contains(name))
                foreach (var number in s_numbers) yield return Changed(o => o[name] = number);
            if (example[name] is not JsonArray { Count: > 0 } list) continue;
            yield return Changed(o => o[name] = new JsonArray([.. list.Reverse().Select(v => v?.DeepClone())]));
            yield return Changed(o => o[name] = new JsonArray([.. list.Select(_ => list[0]?.DeepClone())]));
            yield return Changed(o => o[name] = new JsonArray([.. list.Take(1).Select(v => v?.DeepClone())]));
            yield return Changed(o => o[name] = new JsonArray([.. list.Concat(list).Select(v => v?.DeepClone())]));
            yield return Changed(o => o[name]!.AsArray()[0] = null);
            if (list[0] is JsonValue first && first.GetValueKind() == JsonValueKind.Number)
                foreach (var number in s_numbers) yield return Changed(o => o[name]!.AsArray()[0] = number);
            else if (list[0] is JsonArray { Count: > 0 } inner && inner[0] is JsonValue element && element.GetValueKind() == JsonValueKind.Number)
                foreach (var number in s_numbers) yield return Changed(o => o[name]!.AsArray()[0]!.AsArray()[0] = number);
        }

        JsonObject Changed(Action<JsonObject> change)
        {
            var copy = example.DeepClone().AsObject();
            change(copy);
            return copy;
        }
    }

    private static bool TakesAlpha(string method)
    {
        try
        {
            StatsMethods.Run(method, With(method, "alpha", 0.1));
            return true;
        }
        catch (UsageException unknown) when (unknown.Message.Contains("unknown field", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static JsonElement With(string method, string field, double value)
    {
        var input = JsonNode.Parse(StatsMethods.Find(method).Example)!.AsObject();
        input[field] = value;
        return JsonSerializer.SerializeToElement(input);
    }
}
