namespace Assay.Statistics;

/// <summary>Whether an effect differs between groups of units.</summary>
/// <param name="Q">Cochran's statistic: the weighted squared distances of the groups' effects from their common one.</param>
/// <param name="DegreesOfFreedom">Groups less 1.</param>
/// <param name="PValue">Of one effect for all groups.</param>
/// <param name="ISquared">Share of the variation between groups that error does not explain, (Q − df)/Q, at least 0.</param>
/// <param name="Common">The common effect, weighted by precision.</param>
/// <param name="CommonStandardError">Its error, if there is one effect.</param>
public sealed record HeterogeneityTest(
    double Q, int DegreesOfFreedom, double PValue, double ISquared, double Common, double CommonStandardError);
