using System.Globalization;
using Assay.Cli.Records;
using Assay.Statistics;

namespace Assay.Cli.Bandits;

/// <summary>A log as read: events with arms as numbers, and whatever the log says of all arms' propensities.</summary>
/// <param name="Arms">Names; events number them from 0.</param>
/// <param name="Events">In the order of the file.</param>
/// <param name="AllPropensities">One row per event, one number per arm; null when the log holds the taken arm's only.</param>
/// <param name="Strata">One text per event when frequencies are counted within a column; else null.</param>
/// <param name="Records">The rows, to name them.</param>
internal sealed record BanditLog(
    string[] Arms, LoggedEvent[] Events, double[][]? AllPropensities, string[]? Strata, IReadOnlyList<Record> Records)
{
    private const string Each = "propensity_", ContextPrefix = "context_";

    public static BanditLog Read(string path, string arm, string reward, string propensity, string[] context, string? stratum)
    {
        var records = RecordFile.Read(path);
        var names = records[0].Names.ToHashSet();
        foreach (var column in (string[])[arm, reward, .. context, .. stratum is null ? [] : (string[])[stratum]])
            if (!names.Contains(column)) throw new UsageException($"{records[0].Place}: has no '{column}'; there are {string.Join(", ", names)}", column == arm || column == reward ? $"name the columns: --arm C --reward C --propensity C" : null);
        var full = names.Where(n => n.StartsWith(Each, StringComparison.Ordinal) && n != propensity).ToList();
        if (full.Count == 0 && !names.Contains(propensity))
            throw new UsageException($"{records[0].Place}: has no '{propensity}'; without the probability of the arm taken no other policy can be judged", "name its column: --propensity C");
        if (context.Length == 0) context = [.. names.Where(n => n.StartsWith(ContextPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        string[] arms = [.. records.Select(r => r.Text(arm)).Concat(full.Select(n => n[Each.Length..])).Distinct()
            .OrderBy(a => double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.PositiveInfinity).ThenBy(a => a, StringComparer.Ordinal)];
        if (arms.Length < 2) throw new UsageException($"{path}: holds one arm only, '{arms[0]}'");
        if (full.Count > 0 && arms.FirstOrDefault(a => !full.Contains(Each + a)) is { } missing) throw new UsageException($"{path}: there are columns {Each}ARM, but none for arm '{missing}'");
        var index = arms.Select((a, i) => (a, i)).ToDictionary(p => p.a, p => p.i, StringComparer.Ordinal);
        var all = full.Count > 0 ? records.Select(r => Row(r, arms)).ToArray() : null;
        LoggedEvent[] events = [.. records.Select((r, t) =>
        {
            var taken = index[r.Text(arm)];
            var chance = all is not null ? all[t][taken] : r.Number(propensity);
            if (!(chance > 0 && chance <= 1)) throw r.Wrong(all is not null ? Each + arms[taken] : propensity, $"must be a probability above 0, not {chance.ToString(CultureInfo.InvariantCulture)}: the arm was taken");
            return new LoggedEvent(taken, r.Number(reward), chance, [.. context.Select(r.Number)]);
        })];
        // A log whose every propensity is that of a fair die says what all arms had.
        if (all is null && events.All(e => Math.Abs(e.Propensity * arms.Length - 1) < 1e-6)) all = [.. Enumerable.Repeat(Enumerable.Repeat(1.0 / arms.Length, arms.Length).ToArray(), events.Length)];
        return new(arms, Standardised(events, context.Length), all, stratum is null ? null : [.. records.Select(r => r.Text(stratum))], records);
    }

    private static double[] Row(Record record, string[] arms)
    {
        double[] row = [.. arms.Select(a => record.Has(Each + a) ? record.Number(Each + a) : 0)];
        if (row.Any(p => p < 0) || Math.Abs(row.Sum() - 1) > 1e-4) throw record.Wrong(Each + "…", $"must be probabilities that add up to 1, but add up to {row.Sum().ToString(CultureInfo.InvariantCulture)}");
        var sum = row.Sum();
        return [.. row.Select(p => p / sum)];
    }

    private static LoggedEvent[] Standardised(LoggedEvent[] events, int columns)
    {
        if (columns == 0) return events;
        SampleMoments[] moments = [.. Enumerable.Range(0, columns).Select(c => SampleMoments.FromValues([.. events.Select(e => e.Context[c])]))];
        return [.. events.Select(e => e with { Context = [.. e.Context.Select((x, c) => moments[c].Variance > 0 ? (x - moments[c].Mean) / Math.Sqrt(moments[c].Variance) : 0)] })];
    }
}
