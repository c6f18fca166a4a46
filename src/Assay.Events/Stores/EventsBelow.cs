namespace Assay.Events;

/// <summary>Events of an arm short of a limit.</summary>
/// <param name="Limit">The limit, in the metric's unit.</param>
/// <param name="Events">Number of events below it; one at the limit is not.</param>
/// <param name="StandardError">Clustered standard error of their share of all events; 0 below two units.</param>
public sealed record EventsBelow(double Limit, long Events, double StandardError);
