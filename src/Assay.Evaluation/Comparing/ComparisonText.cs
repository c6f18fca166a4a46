using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Assay.Evaluation;

/// <summary>A comparison in words that do not say more than the cases carry.</summary>
public static class ComparisonText
{
    /// <summary>One row: who is ahead, by how much, and how strong the evidence is.</summary>
    public static string Of(ComparisonRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Units == 0) return $"{row.Metric}: {row.Treatment} against {row.Control} is not estimable, {row.Reason}";
        var units = row.IsClustered ? "clusters" : "cases";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{row.Metric}: {row.Treatment} is better on {row.Wins} of {row.Units} {units}, {row.Control} on {row.Losses}, {row.Ties} {(row.Ties == 1 ? "is a tie" : "are ties")}");
        if (row.WinRate is { } rate && row.WinRateInterval is { } plausible)
            text.Append(CultureInfo.InvariantCulture, $"; win rate {Percent(rate)} (plausible {Percent(plausible.Low)} to {Percent(plausible.High)})");
        if (row is { Kind: ComparisonKind.Score, Difference: { } difference })
            text.Append(CultureInfo.InvariantCulture, $"; {Value(row.TreatmentValue!.Value, row)} against {Value(row.ControlValue!.Value, row)}, difference {Signed(difference, row)}")
                .Append(row.Interval is { } i ? $" (plausible {Signed(i.Low, row)} to {Signed(i.High, row)})" : "");
        text.Append(". ").Append(Evidence(row, units));
        if (row is { MoreUnits: { } more, MinimumEffect: { } effect })
            text.Append(more == 0
                ? $" There are enough {units} to see a difference of {Value(effect, row)}."
                : string.Create(CultureInfo.InvariantCulture, $" To see a difference of {Value(effect, row)}, {more:N0} more {units} are needed ({row.UnitsNeeded:N0} in all)."));
        if (row.LiveUnitsPerVariant is { } live)
            text.Append(CultureInfo.InvariantCulture, $" A live experiment would need about {live:N0} units per variant for the same effect, if its traffic varies as these cases do.");
        return text.ToString();
    }

    private static string Evidence(ComparisonRow row, string units) => row.Evidence switch
    {
        EvidenceStrength.None => $"Not estimable: {row.Reason}.",
        EvidenceStrength.Clear => Better(row) ? $"Clear evidence that {row.Treatment} is better." : $"Clear evidence that {row.Treatment} is worse.",
        _ => FewestForCertainty(row.IntervalLevel) is var fewest && row.Units < fewest
            ? string.Create(CultureInfo.InvariantCulture, $"Weak evidence: with {row.Units} {(row.Units == 1 ? units[..^1] : units)} no result could be told from chance ({fewest} are the fewest that can).")
            : $"Weak evidence: these {units} allow both directions.",
    };

    private static bool Better(ComparisonRow row) => row.Difference > 0 == row.HigherIsBetter;

    // A clean sweep of n cases has p = 2 / 2ⁿ.
    private static int FewestForCertainty(double level) => (int)Math.Ceiling(1 - Math.Log2(1 - level) - 1e-9);

    /// <summary>What the intervals are about.</summary>
    internal static string Population(IReadOnlyCollection<ComparisonRow> rows)
    {
        var most = rows.Count == 0 ? 0 : rows.Max(r => r.Units);
        var what = rows.Any(r => r.IsClustered) ? "clusters of cases" : "cases";
        return string.Create(CultureInfo.InvariantCulture,
            $"Intervals speak about the population that this golden set's {most:N0} {what} stand for, not about live traffic; they hold as far as the {what} were drawn at random from it.");
    }

    internal static ImmutableArray<string> Notes(IReadOnlyCollection<ComparisonRow> rows)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var row in rows)
        {
            var name = $"{row.Metric} ({row.Treatment})";
            if (row.Missing > 0) notes.Add($"{name}: {Count(row.Missing, "score has no input (no reference, context or answer) and is", "scores have no input (no reference, context or answer) and are")} left out.");
            if (row.Errors > 0) notes.Add($"{name}: {Count(row.Errors, "score", "scores")} failed; a failed score is no score, not a bad one.");
            if (row.Unpaired > 0) notes.Add($"{name}: {Count(row.Unpaired, "case has no value under both variants and is", "cases have no value under both variants and are")} left out.");
            if (row.UnpairedPValue is { } unpaired && row.PValue is { } p && unpaired > 1 - row.IntervalLevel && p <= 1 - row.IntervalLevel)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: paired by case p = {Probability(p)}; unpaired it would have been {Probability(unpaired)}, and the difference missed."));
        }
        return notes.ToImmutable();
    }

    private static string Count(int n, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{n:N0} {(n == 1 ? one : many)}");

    private static string Probability(double p) => p.ToString(p < 0.001 ? "0.0e+0" : "0.####", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Value(double value, ComparisonRow row) =>
        row.Kind == ComparisonKind.Pairwise || row.IsBinary ? Percent(value)
        : value.ToString(Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 0.01 || value == 0 ? "0.##" : "0.####", CultureInfo.InvariantCulture);

    private static string Signed(double value, ComparisonRow row) => (value < 0 ? "−" : "+") + (row.IsBinary ? Points(Math.Abs(value)) : Value(Math.Abs(value), row));

    private static string Points(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " points";
}
