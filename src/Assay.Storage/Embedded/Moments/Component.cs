using Assay.Experiments;

namespace Assay.Storage;

/// <summary>One value per unit (or, for a quantile, one per event) that a metric needs: a source within a window. Metrics share equal ones.</summary>
/// <param name="Index">Number that names its columns: <c>x0</c>, <c>bad0</c>, <c>unknown0</c>.</param>
/// <param name="Table">Where its rows come from.</param>
/// <param name="Source">Which rows and how they are reduced.</param>
/// <param name="Window">When they count; null for always.</param>
/// <param name="IsEvents">True when rows stay single, for a quantile.</param>
/// <param name="RefusesNegative">True for counts.</param>
internal sealed record Component(int Index, EventTable Table, MetricSource Source, MetricWindow? Window, bool IsEvents, bool RefusesNegative)
{
    public string X => $"x{Index}";
    public string Bad => $"bad{Index}";
    public string Unknown => $"unknown{Index}";
    public string Late => $"late{Index}";
    public string EventsTable => $"assay_events_{Index}";

    public EventField? Field => Table.Field(Source.Value);

    /// <summary>An outcome without a value says that it happened; so does any row of a table that has no field of that name.</summary>
    public bool AbsentMeansHappened => Table == EventTable.Outcomes || (Field is null && Source.Value == "value");

    /// <summary>True when a row may be refused: counting rows asks for no value.</summary>
    public bool HasInvalid => Source.Aggregate != AggregateKind.Count && Field is { Kind: not FieldKind.Boolean };

    /// <summary>True when a successful call's amount may be unknown: a cost without a price is unknown, never 0 and never left out of a mean.</summary>
    public bool HasUnknown => !IsEvents && Table == EventTable.Generations && Field is { Kind: FieldKind.Number }
        && (Source.Aggregate == AggregateKind.Sum || (Source.Value == "costUsd" && Source.Aggregate != AggregateKind.Count));

    /// <summary>True when rows may come after the conversation was closed: they do not count, and that must be seen.</summary>
    public bool CountsLate => !IsEvents && Table != EventTable.Generations && Window is { To: null };
}
