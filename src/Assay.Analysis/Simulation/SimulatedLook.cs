namespace Assay.Analysis;

/// <summary>What happened at one registered look over all runs.</summary>
/// <param name="Look">From 1.</param>
/// <param name="Fraction">Of the planned units.</param>
/// <param name="Critical">The |z| that one comparison must reach; null where nothing may be spent.</param>
/// <param name="Crossed">Share of the runs in which a boundary was first crossed here.</param>
/// <param name="Ended">Share of the runs that ended here.</param>
public sealed record SimulatedLook(int Look, double Fraction, double? Critical, double Crossed, double Ended)
{
    /// <summary>When it is taken; null without traffic.</summary>
    public double? Day { get; init; }
}
