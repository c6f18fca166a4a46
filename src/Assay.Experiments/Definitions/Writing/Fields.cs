using System.Text.Json.Nodes;

namespace Assay.Experiments.Writing;

/// <summary>Builds an object without the keys that have no value.</summary>
internal sealed class Fields
{
    private readonly JsonObject target = [];

    public JsonNode? this[string key]
    {
        set
        {
            if (value is not null) target[key] = value;
        }
    }

    public JsonObject ToObject() => target;
}
