namespace Assay.Events;

/// <summary>Events of an arm beyond a limit.</summary>
/// <param name="Limit">The limit, in the metric's unit.</param>
/// <param name="Events">Number of events above it; failures and time-outs included for latencies.</param>
/// <param name="StandardError">Clustered standard error of their share of all events; 0 below two units.</param>
public sealed record EventsAbove(double Limit, long Events, double StandardError);
