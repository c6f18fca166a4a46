namespace Assay.Evaluation;

/// <summary>One case under both variants.</summary>
internal readonly record struct CaseValue(string Case, string? Cluster, double Control, double Treatment)
{
    /// <summary>Cases of one declared cluster become one unit, their mean; each cluster counts once.</summary>
    public static IReadOnlyList<Unit> Clustered(IEnumerable<CaseValue> cases) =>
    [
        .. cases.GroupBy(c => c.Cluster is null ? (false, c.Case) : (true, c.Cluster))
            .Select(g => new Unit(g.Average(c => c.Control), g.Average(c => c.Treatment))),
    ];
}
