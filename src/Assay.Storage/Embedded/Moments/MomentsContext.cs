using System.Collections.Immutable;
using System.Globalization;
using Assay.DuckDb;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>What every step of one reading needs to know.</summary>
/// <param name="Connection">With an open transaction, whose temporary tables the steps build on.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="AsOfMicros">Events after it are ignored, windows are judged at it.</param>
/// <param name="Plans">The metrics.</param>
internal sealed record MomentsContext(
    DuckDbConnection Connection, MomentsQuery Query, long AsOfMicros, ImmutableArray<MetricPlan> Plans, CancellationToken CancellationToken)
{
    public Experiment Experiment => Query.Experiment;

    /// <summary>Units whose first exposure came before it are kept out of every metric, as the plan declared; null without a burn-in.</summary>
    public long? BurnInEndMicros { get; set; }

    /// <summary>Name of the id in <see cref="CoarserIds.Name"/> by which units are gathered besides; null for none.</summary>
    public string? CoarserId { get; set; }

    /// <summary>Which units enter metrics at all, over <c>first_us</c>.</summary>
    public string AfterBurnIn => BurnInEndMicros is { } end ? $"first_us >= {Number(end)}" : "TRUE";

    /// <summary>Set before moments are read; null without covariates.</summary>
    public CovariateTable? Covariates { get; set; }

    /// <summary>The values of the strata by number; set before moments are read, null without strata.</summary>
    public IReadOnlyList<ImmutableArray<string?>>? Strata { get; set; }

    /// <summary>Whether the assignments of the version have several reasons, and these are asked for.</summary>
    public bool HasReasons { get; set; }

    /// <summary>The primaries that are followed by day; empty unless diagnostics are asked for.</summary>
    public ImmutableArray<CohortPlan> Cohorts { get; set; } = [];

    /// <summary>The tables whose rows are kept, because cells are made of them too.</summary>
    public Dictionary<EventTable, RowTable> Rows { get; } = [];

    /// <summary>The statement that makes the unit values, when it waits until the rows it reads are committed.</summary>
    public string? PendingValues { get; set; }

    public TargetTables Targets { get; } = new();

    /// <summary>Components that have rows to refuse; set once the tables have been looked at.</summary>
    public IReadOnlySet<int> Invalid { get; set; } = MetricPlan.Components(Plans).Where(c => c.HasInvalid).Select(c => c.Index).ToHashSet();

    /// <summary>The idle times for which conversations are closed; the index names the column <c>close0</c> of the units.</summary>
    public ImmutableArray<TimeSpan> IdleTimes { get; } =
        [.. Plans.Select(p => p.Metric.Metric.Window).OfType<MetricWindow>().Where(w => w.To is null).Select(w => w.Idle).Distinct()];

    public string UnitColumn => Experiment.Unit switch
    {
        UnitKind.Request => "request",
        UnitKind.Session => "session",
        UnitKind.Conversation => "conversation",
        UnitKind.User => "user_id",
        UnitKind.Cluster => "cluster",
        _ => throw new ArgumentOutOfRangeException(nameof(Query), Experiment.Unit, null),
    };

    /// <summary>Whether a unit's window is closed at <see cref="AsOfMicros"/>, over the columns of <c>assay_units</c>.</summary>
    public string Matured(MetricWindow? window) => window switch
    {
        null => "TRUE",
        { To: { } to } => $"(first_us + {Micros(to)} <= {Number(AsOfMicros)})",
        _ => $"(close{IdleTimes.IndexOf(window.Idle)} IS NOT NULL)",
    };

    /// <summary>Whether a row falls into a window, over <c>age</c> (microseconds since the unit's first exposure) and <c>close0</c>.</summary>
    public string InWindow(MetricWindow? window) => window switch
    {
        null => "TRUE",
        { To: { } to } => $"(age >= {Micros(window.From)} AND age < {Micros(to)})",
        _ => $"(age >= {Micros(window.From)} AND age < close{IdleTimes.IndexOf(window.Idle)})",
    };

    /// <summary>Whether a row came after its conversation was closed, over <c>age</c> and <c>close0</c>.</summary>
    public string AfterWindow(MetricWindow window) => $"(age >= close{IdleTimes.IndexOf(window.Idle)})";

    public static string Micros(TimeSpan time) => Number(time.Ticks / TimeSpan.TicksPerMicrosecond);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
