namespace Assay.Storage;

/// <summary>The rows of a pilot that have a value (and a denominator, where one is asked for).</summary>
/// <param name="Values">One finite value a row.</param>
/// <param name="Denominators">As many; null when not asked for.</param>
/// <param name="Clusters">As many numbers, equal for the same cluster; null when not asked for.</param>
/// <param name="Covariates">As many, null where the row has none; null when not asked for.</param>
/// <param name="Skipped">Rows without a value.</param>
public sealed record PilotRows(
    IReadOnlyList<double> Values, IReadOnlyList<double>? Denominators, IReadOnlyList<long>? Clusters, IReadOnlyList<double?>? Covariates, long Skipped);
