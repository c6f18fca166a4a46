namespace Assay.Evaluation;

/// <summary>One case, or one cluster of cases, under both variants.</summary>
/// <param name="Control">Mean over the unit's cases.</param>
/// <param name="Treatment">The same for the treatment.</param>
internal readonly record struct Unit(double Control, double Treatment)
{
    public double Difference => Treatment - Control;
}
