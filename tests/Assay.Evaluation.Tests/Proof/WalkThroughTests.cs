using System.Text.Json;
using Assay.Evaluation.Tests.Judges;
using Assay.Testing;

namespace Assay.Evaluation.Tests.Proof;

/// <summary>Five questions to a support agent under two prompts, scored on three axes: the example that a new suite starts from.</summary>
public sealed class WalkThroughTests
{
    private static readonly int[][] ScoresOfA = [[3, 4, 1], [4, 3, 1], [3, 2, 1], [4, 4, 1], [3, 3, 1]];
    private static readonly int[][] ScoresOfB = [[4, 4, 5], [4, 4, 4], [4, 4, 5], [5, 5, 5], [4, 4, 4]];

    [Fact]
    public async Task Judge_FiveQuestions_GivesTheAveragesAndTheirEvidence()
    {
        var folder = Path.Combine(RepositoryRoot.Path, "examples", "support-arena");
        var read = RubricReader.ReadFile(Path.Combine(folder, "rubric.yaml"));
        Assert.Empty(read.Problems);
        GoldenCase[] cases = [.. File.ReadLines(Path.Combine(folder, "golden", "support.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(r => Given.Case(r.GetProperty("id").GetString()!, r.GetProperty("input").GetString()!))];
        Assert.Equal("Why was I charged twice for order #44129?", cases[2].Input);

        var spec = Given.Judge() with { Rubric = read.Rubric! };
        var judge = new Judge(spec, new FakeCaller(call =>
        {
            var said = Given.Block(call, "ANSWER").Split(' ');
            var s = (said[0] == "A" ? ScoresOfA : ScoresOfB)[int.Parse(said[1], null)];
            return $$$"""{"reason": "as recorded", "scores": {"clarity": {{{s[0]}}}, "accuracy": {{{s[1]}}}, "policy-citation": {{{s[2]}}}}}""";
        }));
        var rows = new List<ScoreRow>();
        for (var i = 0; i < cases.Length; i++)
            foreach (var variant in (string[])["A", "B"]) rows.AddRange((await judge.ScoreAsync(cases[i], Given.Said(variant, $"{variant} {i}"), 0)).Scores);
        Assert.Equal(30, rows.Count);

        var comparisons = ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = "A" }).Comparisons;
        Assert.Equal(["quality.clarity", "quality.accuracy", "quality.policy-citation"], comparisons.Select(c => c.Metric));
        Assert.Equal([3.4, 3.2, 1.0], comparisons.Select(c => Math.Round(c.ControlValue!.Value, 9)));
        // An article prints 4.8 for the last one; (5 + 4 + 5 + 5 + 4) / 5 is 4.6.
        Assert.Equal([4.2, 4.2, 4.6], comparisons.Select(c => Math.Round(c.TreatmentValue!.Value, 9)));
        // Clarity: B is better on four of five and equal on one. Ninety percent, and still weak.
        Assert.Equal((4, 0, 1, 0.9), (comparisons[0].Wins, comparisons[0].Losses, comparisons[0].Ties, comparisons[0].WinRate));
        Assert.All(comparisons, c => Assert.Equal(EvidenceStrength.Weak, c.Evidence));
        Assert.Contains("Weak evidence: with 5 cases no result could be told from chance (6 are the fewest that can)", comparisons[2].Text, StringComparison.Ordinal);
        Assert.Equal(2.0 / 32, comparisons[2].PValue!.Value, 1e-12);
    }
}
