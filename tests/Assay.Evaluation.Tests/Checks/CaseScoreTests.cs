namespace Assay.Evaluation.Tests.Checks;

public sealed class CaseScoreTests
{
    private static readonly CheckResult Pass = CheckResult.Pass(), Fail = CheckResult.Fail("no"), Half = CheckResult.Score(0.5);

    [Fact]
    public void Of_ScoredChecks_IsTheirWeightedMean()
    {
        var score = CaseScore.Of([("a", 1, Pass), ("b", 2, Half), ("c", 1, Fail)]);
        Assert.Equal((0.5, false, "failed: c"), (score.Value, score.Passed, score.Reason));
        Assert.Equal((0.5, (bool?)null), (CaseScore.Of([("b", 2, Half)]).Value, CaseScore.Of([("b", 2, Half)]).Passed));
        Assert.True(CaseScore.Of([("a", 1, Pass), ("b", 3, Half)]).Passed);
    }

    [Fact]
    public void Of_CheckOfWeight0_DoesNotCount()
    {
        Assert.Equal((1, true), (CaseScore.Of([("a", 1, Pass), ("b", 0, Fail), ("c", 0, CheckResult.Error("x"))]) is { Value: { } v, Passed: { } p } ? (v, p) : default));
        Assert.Equal(ScoreStatus.Missing, CaseScore.Of([("a", 0, Pass)]).Status);
        Assert.Equal(ScoreStatus.Missing, CaseScore.Of([]).Status);
    }

    [Fact]
    public void Of_ErrorOrMissing_IsThatAndNeverAMeanOfTheRest()
    {
        Assert.Equal(CheckResult.Missing("b: none"), CaseScore.Of([("a", 1, Pass), ("b", 0.01, CheckResult.Missing("none"))]));
        Assert.Equal(CheckResult.Error("c: broke"), CaseScore.Of([("a", 1, Pass), ("b", 1, CheckResult.Missing("none")), ("c", 1, CheckResult.Error("broke"))]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CaseScore.Of([("a", double.NaN, Pass)]));
    }
}
