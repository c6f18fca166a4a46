using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>Builds a method's answer: what is not estimable is null, and <c>reasons</c> says why, key by key.</summary>
internal sealed class StatsOutput
{
    private readonly JsonObject _values = [];
    private readonly JsonObject _reasons = [];

    /// <summary>An answer of these keys from a result, or of nulls with its reason.</summary>
    public static JsonObject Of<T>(Estimated<T> result, string[] keys, Action<StatsOutput, T> fill)
    {
        var output = new StatsOutput();
        if (result.IsEstimable) fill(output, result.Value);
        else foreach (var key in keys) output.Null(key, result.Reason!);
        return output.ToJson();
    }

    /// <summary>Infinite values have no JSON: an interval's open end is null, and said to be one.</summary>
    public StatsOutput Add(string key, double value)
    {
        if (double.IsNaN(value)) throw new InvalidOperationException($"{key} is not a number, which no method may answer");
        if (double.IsFinite(value)) _values[key] = value;
        else Null(key, "unbounded");
        return this;
    }

    public StatsOutput Add(string key, Estimated<double> value)
    {
        if (value.IsEstimable) return Add(key, value.Value);
        Null(key, value.Reason!);
        return this;
    }

    public StatsOutput Add(string key, long value)
    {
        _values[key] = value;
        return this;
    }

    public StatsOutput Add(string key, bool value)
    {
        _values[key] = value;
        return this;
    }

    public StatsOutput Add(string key, string value)
    {
        _values[key] = value;
        return this;
    }

    public StatsOutput Add(string key, IReadOnlyList<double> values)
    {
        _values[key] = new JsonArray([.. values.Select(v => double.IsFinite(v) ? JsonValue.Create(v) : null)]);
        if (values.Any(double.IsNaN)) throw new InvalidOperationException($"an element of {key} is not a number, which no method may answer");
        if (!values.All(double.IsFinite)) _reasons[key] = "null stands for unbounded";
        return this;
    }

    public StatsOutput Add(string key, IReadOnlyList<double?> values, string whyNull)
    {
        _values[key] = new JsonArray([.. values.Select(v => v is { } value ? JsonValue.Create(value) : null)]);
        if (values.Any(v => v is null)) _reasons[key] = whyNull;
        return this;
    }

    public StatsOutput Add(string key, IEnumerable<string> values)
    {
        _values[key] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
        return this;
    }

    public StatsOutput Add(string low, string high, Interval interval) => Add(low, interval.Low).Add(high, interval.High);

    public void Null(string key, string reason)
    {
        _values[key] = null;
        _reasons[key] = reason;
    }

    public JsonObject ToJson()
    {
        if (_reasons.Count > 0) _values["reasons"] = _reasons;
        return _values;
    }
}
