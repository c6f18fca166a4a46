using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The columns that a file declares for ids coarser than the experiment's unit, the coarsest first.</summary>
internal static class IdColumns
{
    public static IEnumerable<(UnitKind Kind, string Field, string Column)> Of(DataMapping mapping, Experiment experiment) =>
        from id in CoarserIds.Of(experiment.Unit)
        where mapping.Ids.ContainsKey(id.Kind)
        select (id.Kind, id.Column, mapping.Ids[id.Kind]);
}
