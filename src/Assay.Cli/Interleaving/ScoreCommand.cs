using System.CommandLine;
using System.Globalization;
using Assay.Cli.Records;
using Assay.Cli.Stats;
using Assay.Statistics;

namespace Assay.Cli.Interleaving;

/// <summary><c>assay interleave score CLICKS</c>: whose items were clicked, unit by unit, and whether chance explains it.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("CLICKS") { Description = "CSV or JSON Lines, an impression a row: shown (A or B for each place) and clicks (positions from 1 on), or mixed, fromA, fromB and clicks; unit joins the impressions of one user" };
        var alpha = new Option<double>("--alpha") { Description = "Significance level", DefaultValueFactory = _ => 0.05 };
        var format = OutputFormat.CreateOption();
        var command = new Command("score", "Credit the clicks to the rankings and test which one users prefer: a sign test over units.\n\n"
            + """Example: echo '{"shown": ["A", "B", "A", "B", "A"], "clicks": [1, 4, 5]}' | assay interleave score -""") { file, alpha, format };
        command.SetAction(parse => Run(parse.GetValue(file)!, parse.GetValue(alpha), parse.GetValue(format) == "json", parse.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string file, double alpha, bool asJson, TextWriter output)
    {
        if (!(alpha is > 0 and < 1)) throw new UsageException("--alpha is a probability between 0 and 1");
        Impression[] impressions = [.. RecordFile.Read(file).Select(Impression.Of)];
        (double A, double B)[] units = [.. impressions.GroupBy(i => i.Unit).Select(g => (g.Sum(i => i.CreditA), g.Sum(i => i.CreditB)))];
        // Expectations of probabilistic credit differ by rounding where they are equal.
        long winsA = units.Count(u => u.A > u.B + 1e-9), winsB = units.Count(u => u.B > u.A + 1e-9), ties = units.Length - winsA - winsB;
        double creditA = units.Sum(u => u.A), creditB = units.Sum(u => u.B);
        var test = InterleavingTest.Compare(winsA, winsB, ties, alpha);
        var leads = winsA == winsB ? null : winsA > winsB ? "A" : "B";
        var winner = test.IsEstimable && test.Value.PValue < alpha ? leads : null;
        if (asJson)
        {
            var answer = new StatsOutput().Add("impressions", impressions.Length).Add("units", units.Length).Add("creditA", creditA).Add("creditB", creditB)
                .Add("winsA", winsA).Add("winsB", winsB).Add("ties", ties).Add("winRateB", test.Map(t => t.WinRate));
            answer.Add("low", test.Map(t => t.Interval.Low)).Add("high", test.Map(t => t.Interval.High)).Add("pValue", test.Map(t => t.PValue));
            AddOrNull(answer, "leads", leads, "as many units for A as for B");
            AddOrNull(answer, "winner", winner, "the test does not tell the rankings apart");
            output.WriteLine(JsonText.Of(answer.ToJson()));
            return ExitCode.Done;
        }
        output.WriteLine($"Clicks:  {Verdict(creditA, creditB)}");
        output.WriteLine($"Units:   {Say.Count(units.Length)} with {Say.Count(impressions.Length)} impressions: A won {Say.Count(winsA)}, B won {Say.Count(winsB)}, {Say.Count(ties)} tied");
        output.WriteLine("Says:    " + (winner is not null ? $"users prefer {winner}" : test.IsEstimable ? "chance explains it; more units are needed to tell" : "nothing: " + test.Reason));
        if (test.IsEstimable)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Details: win rate of B {test.Value.WinRate:0.####} ({test.Value.Interval.Low:0.####} to {test.Value.Interval.High:0.####}), exact sign test p = {test.Value.PValue:G4}"));
        return ExitCode.Done;
    }

    private static string Verdict(double a, double b) => a > b + 1e-9 ? $"A wins {Say.Number(a)}–{Say.Number(b)}" : b > a + 1e-9 ? $"B wins {Say.Number(b)}–{Say.Number(a)}" : $"a tie, {Say.Number(a)}–{Say.Number(b)}";

    private static void AddOrNull(StatsOutput output, string key, string? value, string reason)
    {
        if (value is null) output.Null(key, reason);
        else output.Add(key, value);
    }
}
