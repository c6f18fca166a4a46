using System.Globalization;
using Assay.Cli.Records;
using Assay.Statistics;

namespace Assay.Cli.Interleaving;

/// <summary>One list that was shown, and what was clicked of it.</summary>
/// <param name="Unit">Who saw it; its own when no unit is given.</param>
/// <param name="CreditA">What A earned.</param>
/// <param name="CreditB">What B earned.</param>
internal sealed record Impression(string Unit, double CreditA, double CreditB)
{
    /// <summary>From <c>shown</c> (who placed each item) or <c>mixed</c> with <c>fromA</c> and <c>fromB</c> (or with the rankings <c>a</c> and <c>b</c>), and <c>clicks</c>.</summary>
    public static Impression Of(Record record)
    {
        var unit = record.Has("unit") ? record.Text("unit") : record.Place;
        var method = record.Has("method") ? record.Text("method") : "team-draft";
        if (!MixMethod.Names.Contains(method)) throw record.Wrong("method", $"'{method}' is not one of {string.Join(", ", MixMethod.Names)}");
        if (method is "balanced" or "probabilistic") return ByRankings(record, unit, method);
        var shown = record.Has("shown") ? Teams(record) : Placed(record);
        var credit = TeamDraft.Credit(shown, Clicks(record, [.. shown.Select(p => p.Item)]));
        return new(unit, credit[0], credit[1]);
    }

    private static Impression ByRankings(Record record, string unit, string method)
    {
        if (!record.Has("a") || !record.Has("b")) throw record.Wrong("a, b", $"the credit of {method} needs both rankings");
        string[][] rankings = [[.. record.List("a").Select(i => i.Text)], [.. record.List("b").Select(i => i.Text)]];
        string[] mixed = [.. record.List("mixed").Select(i => i.Text)];
        var stranger = mixed.FirstOrDefault(item => !rankings[0].Contains(item) && !rankings[1].Contains(item));
        if (stranger is not null) throw record.Wrong("mixed", $"'{stranger}' is in neither ranking");
        RefuseTwice(record, mixed);
        Placement<string>[] shown = [.. mixed.Select(item => new Placement<string>(item, 0))];
        var clicks = Clicks(record, mixed);
        try
        {
            double[] credit = method == "balanced" ? [.. BalancedInterleaving.Credit(rankings, shown, clicks)] : ProbabilisticInterleaving.Credit(rankings, shown, clicks);
            return new(unit, credit[0], credit[1]);
        }
        catch (ArgumentException misuse)
        {
            throw record.Wrong("a, b", misuse.Message);
        }
    }

    private static Placement<string>[] Teams(Record record) => [.. record.List("shown").Select((team, i) => team.Text.ToUpperInvariant() switch
    {
        "A" => new Placement<string>($"{i + 1}", 0),
        "B" => new Placement<string>($"{i + 1}", 1),
        _ => throw record.Wrong("shown", $"'{team.Text}' is neither A nor B: it says which ranking placed each item"),
    })];

    private static Placement<string>[] Placed(Record record)
    {
        if (!record.Has("mixed")) throw record.Wrong("shown", "is missing: give shown (A or B for each place), or mixed with fromA and fromB");
        HashSet<string> a = [.. record.List("fromA").Select(i => i.Text)], b = [.. record.List("fromB").Select(i => i.Text)];
        string[] mixed = [.. record.List("mixed").Select(i => i.Text)];
        RefuseTwice(record, mixed);
        return [.. mixed.Select(item => (a.Contains(item), b.Contains(item)) switch
        {
            (true, false) => new Placement<string>(item, 0),
            (false, true) => new Placement<string>(item, 1),
            (true, true) => throw record.Wrong("fromA, fromB", $"both hold '{item}'; a duplicate belongs to whoever placed it"),
            _ => throw record.Wrong("mixed", $"'{item}' is neither in fromA nor in fromB"),
        })];
    }

    private static void RefuseTwice(Record record, string[] mixed)
    {
        if (mixed.GroupBy(i => i, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw record.Wrong("mixed", $"holds '{twice.Key}' twice");
    }

    // Numbers are positions from 1 on, texts are items.
    private static int[] Clicks(Record record, string[] items) => [.. record.List("clicks").Select(click =>
    {
        if (click.IsNumber)
        {
            return int.TryParse(click.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position >= 1 && position <= items.Length
                ? position - 1 : throw record.Wrong("clicks", $"{click.Text}: positions shown are 1 to {items.Length}");
        }
        var index = Array.IndexOf(items, click.Text);
        return index >= 0 ? index : throw record.Wrong("clicks", $"'{click.Text}' was not shown");
    }).Distinct()];
}
