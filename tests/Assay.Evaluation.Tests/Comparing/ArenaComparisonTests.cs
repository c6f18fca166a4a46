namespace Assay.Evaluation.Tests.Comparing;

public sealed class ArenaComparisonTests
{
    [Fact]
    public void Compare_FourWinsAndATie_IsNinetyPercentAndWeak()
    {
        var verdicts = Enumerable.Range(0, 5).Select(i => Verdict(i, i < 4 ? 1 : 0.5)).ToArray();
        var row = Assert.Single(ArenaComparison.Compare([], verdicts, Options()).Comparisons);
        Assert.Equal((4, 0, 1), (row.Wins, row.Losses, row.Ties));
        Assert.Equal(0.9, row.WinRate!.Value, 1e-12);
        Assert.Equal(0.125, row.PValue!.Value, 1e-12);
        Assert.InRange(row.WinRateInterval!.Value.Low, 0.3, 0.5);
        Assert.Equal(EvidenceStrength.Weak, row.Evidence);
        Assert.Contains("win rate 90 %", row.Text, StringComparison.Ordinal);
        Assert.Contains("Weak evidence", row.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SinglePassFailValues_UsesMcNemar()
    {
        var row = Only(PassFail(repeats: 1, control: c => c < 5 || c is >= 20 and < 40, treatment: c => c >= 20));
        Assert.Equal("mcnemar-exact", row.Method);
        // 100 cases: 5 only the control, 60 only the treatment.
        Assert.Equal((60, 5, 35), (row.Wins, row.Losses, row.Ties));
        Assert.Equal(0.55, row.Difference!.Value, 1e-12);
        Assert.True(row.PValue < 1e-10);
        Assert.InRange(row.Interval!.Value.Low, 0.4, 0.55);
        Assert.Equal(EvidenceStrength.Clear, row.Evidence);
    }

    [Fact]
    public void Compare_RepeatedPassFailValues_NeverUsesMcNemar()
    {
        var row = Only(PassFail(repeats: 4, control: c => c % 2 == 0, treatment: c => c % 3 != 0));
        Assert.Equal("paired-t", row.Method);
        Assert.Equal(100, row.Units);
        Assert.Equal(4, row.Repeats);
        var few = Only([.. PassFail(repeats: 4, control: c => c % 2 == 0, treatment: c => c % 3 != 0).Where(r => int.Parse(r.Case[1..], null) < 12)]);
        Assert.Equal("sign-flip-exact", few.Method);
    }

    [Fact]
    public void Compare_MoreVerdictsOnTheSameCases_IsNotMoreEvidence()
    {
        PairwiseRow[] once = [.. Enumerable.Range(0, 40).Select(i => Verdict(i, i % 5 < 3 ? 1 : 0))];
        PairwiseRow[] often = [.. once, .. once.Select(v => v with { JudgeRepeat = 1 }), .. once.Select(v => v with { Repeat = 1 })];
        ComparisonRow one = Only(once), many = Only(often);
        Assert.Equal(one.Units, many.Units);
        Assert.Equal(one.PValue!.Value, many.PValue!.Value, 1e-12);
        Assert.Equal(one.Interval!.Value.Low, many.Interval!.Value.Low, 1e-12);
    }

    [Fact]
    public void Compare_MoreVerdictsInOneOrder_WeighNoMoreThanTheOther()
    {
        // A judge that takes what is shown first, asked twice in one order and once in the other: a tie.
        PairwiseRow[] rows = [.. Enumerable.Range(0, 6).SelectMany(i => (PairwiseRow[])
            [Verdict(i, 1) with { ShownFirst = "treatment" }, Verdict(i, 1) with { ShownFirst = "treatment", Repeat = 1 }, Verdict(i, 0) with { ShownFirst = "control", Repeat = 2 }])];
        var row = Only(rows);
        Assert.Equal((0, 0, 6, 0.5), (row.Wins, row.Losses, row.Ties, row.TreatmentValue));
    }

    [Fact]
    public void Compare_DeclaredClusters_AreTheUnits()
    {
        ScoreRow[] rows = [.. Numbers(60, c => c % 7, c => c % 7 + (c % 3 == 0 ? 1 : 0)).Select(r => r with { Cluster = "doc" + int.Parse(r.Case[1..], null) / 2 })];
        var row = Only(rows);
        Assert.True(row.IsClustered);
        Assert.Equal((60, 30), (row.Cases, row.Units));
        Assert.Equal("paired-t", row.Method);
    }

    [Fact]
    public void Compare_AStrictJudgeWhoSawOneVariant_DoesNotCount()
    {
        ScoreRow[] rows = [.. Numbers(10, _ => 4, _ => 4).Select(r => r with { Judge = "mild" }), .. Numbers(10, _ => 1, _ => 1).Where(r => r.Variant == "control").Select(r => r with { Judge = "strict" })];
        Assert.Equal(0, Only(rows).Difference!.Value, 1e-12);
    }

    [Fact]
    public void Compare_SeveralAxes_AreAdjustedTogether()
    {
        ScoreRow[] rows =
        [
            .. Numbers(40, c => c % 5, c => c % 5 + (c % 4 == 0 ? 1 : 0)).Select(r => r with { Metric = "quality.clarity" }),
            .. Numbers(40, c => c % 5, c => c % 5 + (c % 3 - 1)).Select(r => r with { Metric = "quality.accuracy" }),
            .. Numbers(40, c => c % 5, c => c % 5 + (c % 3 - 1)).Select(r => r with { Metric = "latencyMs", HigherIsBetter = false }),
        ];
        var result = ArenaComparison.Compare(rows, [], Options());
        ComparisonRow clarity = result.Comparisons[0], latency = result.Comparisons[2];
        Assert.Equal(clarity.PValue!.Value * 2, clarity.AdjustedPValue!.Value, 1e-12);
        Assert.Equal(latency.PValue!.Value, latency.AdjustedPValue!.Value, 1e-12);
        // Lower latency is a win; the difference keeps its sign.
        Assert.Equal(result.Comparisons[1].Wins, latency.Losses);
        Assert.Equal(result.Comparisons[1].Difference, latency.Difference);
    }

    [Fact]
    public void Compare_PassesBesideScores_AreAFamilyOfTheirOwn()
    {
        ScoreRow[] scores = [.. Numbers(40, c => c % 5, c => c % 5 + (c % 3 - 0.5)).Select(r => r with { Metric = "quality.clarity" })];
        ScoreRow[] rows = [.. scores, .. scores.Select(r => r with { Metric = "quality.clarity.pass", IsBinary = true, Value = r.Value >= 3 ? 1 : 0 })];
        Assert.All(ArenaComparison.Compare(rows, [], Options()).Comparisons, c => Assert.Equal(c.PValue, c.AdjustedPValue));
    }

    [Fact]
    public void Compare_MissingErrorsAndAbsentCases_AreCountedAndLeftOut()
    {
        var rows = Numbers(40, c => c % 5, c => c % 5 + c % 2).ToList();
        rows[0] = rows[0] with { Status = ScoreStatus.Error, Value = null };
        rows[3] = rows[3] with { Status = ScoreStatus.Missing, Value = null };
        var result = ArenaComparison.Compare(rows, [], Options() with { Cases = [.. Enumerable.Range(0, 42).Select(c => $"c{c}")] });
        var row = Assert.Single(result.Comparisons);
        Assert.Equal((1, 1, 4, 38), (row.Missing, row.Errors, row.Unpaired, row.Cases));
        Assert.Equal(["1 score has no input", "1 score failed", "4 cases have no value", "unpaired it would have been"],
            result.Notes.Select(n => ((string[])["1 score has no input", "1 score failed", "4 cases have no value", "unpaired it would have been"]).Single(n.Contains)));
        Assert.Contains("golden set", result.Population, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_DeclaredEffect_SaysHowManyMoreCases()
    {
        var result = ArenaComparison.Compare(PassFail(1, c => c % 2 == 0, c => c % 10 != 0), [], Options() with { MinimumEffect = 0.05 });
        var row = Assert.Single(result.Comparisons);
        Assert.Equal(row.UnitsNeeded - 100, row.MoreUnits);
        // A live experiment at 50 % against 55 % needs 1,565 units an arm; the paired one fewer.
        Assert.InRange(row.LiveUnitsPerVariant!.Value, 1564, 1566);
        Assert.Contains("more cases are needed", row.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NothingInCommon_IsNotEstimable()
    {
        var row = Only([.. Numbers(4, _ => 1, _ => 2).Where(r => r.Variant == "control" || r.Case == "none")]);
        Assert.Equal(ComparisonStatus.NotEstimable, row.Status);
        Assert.Null(row.Difference);
        Assert.Null(row.WinRate);
        Assert.Equal(EvidenceStrength.None, row.Evidence);
        Assert.Empty(ArenaComparison.Compare([], [], Options()).Comparisons);
    }

    [Fact]
    public void Compare_EqualAnswers_AreNoEvidenceAndNoNaN()
    {
        var number = Only(Numbers(50, c => c % 3, c => c % 3));
        Assert.Null(number.Interval);
        Assert.Contains("same amount", number.Reason, StringComparison.Ordinal);
        var binary = Only(PassFail(1, c => c % 2 == 0, c => c % 2 == 0));
        Assert.Null(binary.PValue);
        Assert.True(binary.Interval!.Value.Contains(0));
        Assert.InRange(binary.Interval.Value.High, 0.01, 0.06);
    }

    [Fact]
    public void Compare_TaggedCases_AreComparedByTagToo()
    {
        ScoreRow[] rows = [.. Numbers(90, c => c % 5, c => c % 5 + (c % 3 == 0 ? c % 2 + 1 : c % 2 - 0.5)).Select(r => r with { Tags = int.Parse(r.Case[1..], null) % 3 == 0 ? ["all", "returns"] : ["all"] })];
        var tag = Assert.Single(ArenaComparison.CompareByTag(rows, [], Options()));
        Assert.Equal(("returns", 30), (tag.Tag, tag.Comparisons[0].Units));
        Assert.Equal(1.5, tag.Comparisons[0].Difference!.Value, 1e-12);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(20, 4)]
    [InlineData(60, 4)]
    [Trait("Kind", "calibration")]
    public void Compare_SameModelTwice_RejectsAtMostAsOftenAsSaid(int cases, int repeats)
    {
        // Cases differ in difficulty, so repeats of a case are alike: counted as cases of their own they would reject too often.
        var random = new Random(cases + repeats);
        int rejected = 0, runs = 500;
        for (var run = 0; run < runs; run++)
        {
            var rows = new List<ScoreRow>();
            for (var c = 0; c < cases; c++)
            {
                var shared = random.NextDouble();
                foreach (var variant in (string[])["control", "treatment"])
                {
                    var rate = Math.Clamp(shared + 0.3 * (random.NextDouble() - 0.5), 0, 1);
                    for (var r = 0; r < repeats; r++)
                        rows.Add(new ScoreRow { Variant = variant, Case = $"c{c}", Repeat = r, Metric = "m", IsBinary = true, Value = random.NextDouble() < rate ? 1 : 0 });
                }
            }
            if (Only(rows).PValue <= 0.05) rejected++;
        }
        // Exact tests stay below; four binomial errors above.
        Assert.InRange(rejected / (double)runs, 0.005, 0.05 + 4 * Math.Sqrt(0.05 * 0.95 / runs));
    }

    private static ComparisonOptions Options() => new() { Control = "control" };

    private static ComparisonRow Only(IReadOnlyCollection<ScoreRow> rows) => Assert.Single(ArenaComparison.Compare(rows, [], Options() with { Treatments = ["treatment"] }).Comparisons);

    private static ComparisonRow Only(IReadOnlyCollection<PairwiseRow> rows) => Assert.Single(ArenaComparison.Compare([], rows, Options()).Comparisons);

    private static PairwiseRow Verdict(int i, double score) =>
        new() { Case = $"c{i}", Repeat = 0, Metric = "preferred", A = "control", B = "treatment", TreatmentScore = score, ShownFirst = i % 2 == 0 ? "control" : "treatment", Judge = "j" };

    private static ScoreRow[] PassFail(int repeats, Func<int, bool> control, Func<int, bool> treatment) =>
    [
        .. from c in Enumerable.Range(0, 100)
           from r in Enumerable.Range(0, repeats)
           from t in (bool[])[false, true]
           select new ScoreRow { Variant = t ? "treatment" : "control", Case = $"c{c}", Repeat = r, Metric = "correct", IsBinary = true, Value = (t ? treatment(c) : control(c)) != (r == 3) ? 1 : 0 },
    ];

    private static ScoreRow[] Numbers(int cases, Func<int, double> control, Func<int, double> treatment) =>
    [
        .. from c in Enumerable.Range(0, cases)
           from t in (bool[])[false, true]
           select new ScoreRow { Variant = t ? "treatment" : "control", Case = $"c{c}", Repeat = 0, Metric = "score", Value = t ? treatment(c) : control(c) },
    ];
}
