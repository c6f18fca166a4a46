using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>An A/A check of an experiment's own assignment: its units are assigned as declared, then again and again by other salts, and everything is held against chance.</summary>
/// <remarks>docs/statistics/assignment-checks.md says which tests and why.</remarks>
public static class AssignmentCheck
{
    /// <summary>With fewer assigned units the p-values of a ratio are too coarse to be uniform.</summary>
    public const long FewestForRatios = 1000;

    private const long FewestUnits = 100;

    /// <param name="experiment">The definition.</param>
    /// <param name="units">Ids of the units, each once; empty ones get no variant.</param>
    /// <param name="options">Salts, values, other experiments.</param>
    /// <param name="progress">Told the number of assignments done, from several threads.</param>
    /// <param name="cancellationToken">Stops between assignments.</param>
    /// <exception cref="ArgumentException">The values belong to a metric that units do not have, or not to these units.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 20 re-salts, or alpha outside (0, 1).</exception>
    public static AssignmentCheckReport Run(
        Experiment experiment, IReadOnlyList<string> units, AssignmentCheckOptions options, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resalts, 20, nameof(options));
        if (!(options.Alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(options), options.Alpha, "alpha must lie in (0, 1)");
        if (!options.Values.IsEmpty && options.Values.Length != units.Count) throw new ArgumentException("there must be one value per unit", nameof(options));
        var declared = DeclaredAssignment.Of(experiment, units, options.Attributes);
        double[] weights = [.. experiment.Variants.Select(v => v.Ranges.Sum(r => r.Width))];
        var values = options.Values.IsEmpty ? null : new UnitComparison(experiment, experiment.MetricsOf(MetricRole.Primary).First().Metric, [.. options.Values]);
        var again = new Resalted[options.Resalts];
        var done = 0;
        Parallel.For(0, again.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken }, i =>
        {
            var salt = string.Create(CultureInfo.InvariantCulture, $"{experiment.Salt}~{options.Seed}~{i}");
            again[i] = Resalted.Of(experiment with { Salt = salt }, units, declared.Variants, weights, values, options.Attributes);
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        var tests = Adjust([
            .. AssignmentTests.OfDeclared(experiment, declared, weights),
            .. AssignmentTests.OfOthers(experiment, units, declared, options),
            .. declared.Assigned >= FewestUnits ? AssignmentTests.OfResalts(experiment, declared, again, weights, values) : []], options.Alpha);
        var failed = tests.Count(t => t.Passes == false);
        var outcome = failed > 0 ? "fail" : declared.Assigned < FewestUnits ? "inconclusive" : "pass";
        return new AssignmentCheckReport(experiment.Key, outcome, units.Count, declared.ByVariant(experiment), declared.Left, options.Resalts, options.Seed, options.Alpha, tests, outcome switch
        {
            "fail" => $"The assignment, or the test of the metric, is not what chance would make of it. What does not hold: {string.Join("; ", tests.Where(t => t.Passes == false).Select(t => t.Text))}.",
            "inconclusive" => $"Too few units get a variant ({declared.Assigned}) to tell the assignment from chance; {FewestUnits} are needed.",
            _ => "The assignment is what chance would make of it.",
        });
    }

    // A check that asks ten questions must not cry wolf ten times as often.
    private static ImmutableArray<AssignmentTest> Adjust(ImmutableArray<AssignmentTest> tests, double alpha)
    {
        var known = tests.Where(t => t.PValue is not null).ToArray();
        var adjusted = Multiplicity.Holm([.. known.Select(t => t.PValue!.Value)]);
        return [.. tests.Select(t => Array.IndexOf(known, t) is >= 0 and var i ? t with { Passes = adjusted[i] > alpha } : t)];
    }
}
