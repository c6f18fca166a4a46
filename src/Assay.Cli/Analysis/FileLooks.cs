using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis;
using Assay.Events;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Cli.Analysis;

/// <summary>
/// A report from recorded files. Where the rows have times, the registered looks are taken in their order, each at the moment at which its units
/// had matured, as a running server would have taken them: a file that grows is judged at the same looks again, and no more often.
/// </summary>
internal sealed class FileLooks(Experiment experiment, FileMomentSource source, AnalysisRequest request)
{
    private readonly MomentsQuery _query = MomentsQueries.For(experiment, source.Version);
    private readonly SequentialPlan? _plan = experiment.MetricsOf(MetricRole.Primary).Any() ? SequentialPlan.Of(experiment) : null;

    public async Task<Report> ReportAsync(CancellationToken cancellationToken)
    {
        Report? looked = null;
        var remembers = false;
        if (_plan is { HasLooks: true } plan
            && await source.ReadMaturityAsync(_query, [.. Enumerable.Range(1, plan.Fractions.Length).Select(k => Math.Max(1, plan.UnitsAt(k)!.Value))], cancellationToken) is { } maturity)
        {
            remembers = true;
            looked = await ReplayAsync(maturity, cancellationToken);
            if (looked is { Ends: true }) return looked.DataUntil < maturity.LastEvent ? WithRest(looked) : looked;
        }
        // A file that is its own end is complete: what stayed open in it stays as it is.
        var isEnd = request.IsFinal || (PlannedSize.For(experiment) is null && experiment.Plan.Looks.Length <= 1);
        var moments = await source.ReadMomentsAsync(_query with { IsComplete = isEnd, Caps = Caps(looked) }, cancellationToken);
        var report = ReportBuilder.Build(experiment, moments, Options(looked, remembers) with { IsFinal = request.IsFinal });
        return Stands(looked, report) ? looked! : report;
    }

    private async Task<Report?> ReplayAsync(MaturityTimes maturity, CancellationToken cancellationToken)
    {
        Report? looked = null;
        foreach (var due in maturity.Times.TakeWhile(t => t is not null))
        {
            // Nothing is judged before the plan's days are over, however many units came.
            DateTimeOffset asOf = due!.Value, earliest = maturity.FirstExposure!.Value.AddDays(experiment.Plan.MinimumDays);
            if (asOf < earliest) asOf = earliest;
            // Declared complete, the last look is taken with all that the file has.
            if (request.IsFinal && due == maturity.Times[^1]) break;
            if (asOf > maturity.LastEvent) break;
            var moments = await source.ReadMomentsAsync(_query with { AsOf = asOf, Caps = Caps(looked) }, cancellationToken);
            var report = ReportBuilder.Build(experiment, moments, Options(looked, remembers: true));
            if (report.Look is null || report.Verdict.Decision == Decision.Invalid) continue;
            looked = report;
            if (looked.Ends) break;
        }
        return looked;
    }

    private ReportOptions Options(Report? looked, bool remembers) => new()
    {
        Version = source.Version,
        HasDefinition = request.Definition is not null,
        QuantileZ = _query.QuantileZ,
        Sequential = _plan,
        Looks = looked?.Looks ?? [],
        RemembersLooks = remembers,
    };

    private static Report WithRest(Report looked) => looked with
    {
        Warnings = [.. looked.Warnings, new ReportWarning("decided-earlier", $"registered look {looked.Look} decided, on what had matured at {looked.DataUntil!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC; the rows after it are not in this report and change nothing")],
    };

    private static ImmutableArray<FrozenCap> Caps(Report? looked) => looked?.Looks[0].Caps ?? [];

    /// <summary>Between looks the last one is answered when it decided something, as the server does.</summary>
    private static bool Stands(Report? looked, Report now) =>
        looked is not null && now.Look is null && now.Verdict.Decision == Decision.KeepRunning && looked.Verdict.Decision != Decision.KeepRunning;
}
