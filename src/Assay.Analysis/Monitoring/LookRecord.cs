using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Analysis;

/// <summary>A registered look that was evaluated: once, and never again.</summary>
public sealed record LookRecord
{
    /// <summary>Number of the registered look, from 1; lower ones that traffic overran were never taken.</summary>
    public required int Look { get; init; }

    /// <summary>Matured units / planned units when it was evaluated; above 1 when more came than planned.</summary>
    public required double Fraction { get; init; }

    /// <summary>Matured units then; null for an assumed look.</summary>
    public required long? MaturedUnits { get; init; }

    public required DateTimeOffset? DataUntil { get; init; }

    /// <summary>True when it was the last one and spent all alpha that was left.</summary>
    public required bool IsLast { get; init; }

    /// <summary>True when nobody remembers it, as with a recorded file: taken as evaluated where it was registered, without a crossing.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The sample ratio as the look found it, by the running test (at the planned end by chi-square); null for an assumed look, and for one from before it was kept.</summary>
    public ReportSrm? Srm { get; init; }

    /// <summary>The caps of the first look, which hold from then on: a look that moved them would compare other values than the last one.</summary>
    public ImmutableArray<FrozenCap> Caps { get; init; } = [];

    /// <summary>Of a plan with strata: those that the first look could tell apart, which hold from then on; null without strata and for looks that nobody remembers.</summary>
    public ImmutableArray<ImmutableArray<string?>>? Strata { get; init; }

    /// <summary>Primaries × treatments that were still open, in the order of the definition.</summary>
    public ImmutableArray<LookComparison> Comparisons { get; init; } = [];
}
