using Assay.Experiments;

namespace Assay.Server;

/// <summary>Two experiments on one route may not set the same field for the same unit.</summary>
public static class RouteConflicts
{
    /// <summary>A field that both would set for some unit; null when there is none.</summary>
    public static string? FieldInConflict(Experiment a, Experiment b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Route is null || a.Route != b.Route || AreExclusive(a.Audience, b.Audience)) return null;
        return FieldsSet(a).Intersect(FieldsSet(b), StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>No unit can be in both: disjoint slices of one layer.</summary>
    private static bool AreExclusive(Audience a, Audience b) =>
        a.Layer is not null && a.Layer == b.Layer
        && (a.LayerRange.High <= b.LayerRange.Low || b.LayerRange.High <= a.LayerRange.Low);

    private static HashSet<string> FieldsSet(Experiment experiment)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variant in experiment.Variants)
        {
            if (variant.Upstream is not null) fields.Add("upstream");
            if (variant.Model is not null) fields.Add("model");
            if (variant.System is not null) fields.Add("system");
            if (variant.Tools is not null) fields.Add("tools");
            fields.UnionWith(variant.Parameters.Keys.Select(key => "parameters." + key));
        }
        return fields;
    }
}
