namespace Assay.Experiments.Reading;

/// <summary>The key <c>audience</c>.</summary>
internal static class AudienceSection
{
    public static Audience Read(Section experiment)
    {
        if (experiment.Map("audience") is not { } audience) return Audience.Everyone;
        var where = audience.Text("where");
        MetricSection.CheckCondition(audience, "where", where);
        var layer = audience.Text("layer");
        var range = audience.Take("layerRange") is { } node ? WeightSection.Range(node, audience.PathOf("layerRange"), audience.Source) : null;
        if (range is { Width: 0 }) audience.Error("range", "layerRange", "the slice of the layer is empty");
        if (audience.Has("layerRange") && layer is null) audience.Error("layer", "layerRange", "layerRange needs a layer");
        audience.Finish();
        return new Audience(where, layer, range ?? new BucketRange(0, 1));
    }
}
