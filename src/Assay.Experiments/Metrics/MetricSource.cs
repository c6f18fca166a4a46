namespace Assay.Experiments;

/// <summary>Which rows, which field of them, and how a unit's rows become one value.</summary>
/// <param name="Event">An event type (<c>generation</c>, <c>score</c>, <c>label</c>) or an outcome's <c>metric</c>.</param>
/// <param name="Value">Field of the row, as named in the event contract (<c>value</c>, <c>latencyMs</c>, <c>costUsd</c>, …).</param>
/// <param name="Aggregate">The reduction.</param>
/// <param name="Where">Condition over attributes and fields of the row (<c>status == 'ok'</c>), in the audience language; null for all rows.</param>
/// <param name="Column">In a wide file: the column that holds the unit's value; else null.</param>
public sealed record MetricSource(string Event, string Value, AggregateKind Aggregate, string? Where = null, string? Column = null);
