namespace Assay.Statistics.Tests.Diagnostics;

public sealed class GroupedSampleRatioTests
{
    [Fact]
    public void Test_SplitThatIsRightOverallOnly_IsFoundInItsGroups()
    {
        var tests = GroupedSampleRatio.Test([[200, 800], [800, 200], [0, 0], [505, 495]], [1, 1]);
        Assert.True(SampleRatio.ChiSquare([1505, 1495], [1, 1]).Value.PValue > 0.5);
        Assert.True(tests[0].AdjustedPValue < 1e-70);
        Assert.Null(tests[2].AdjustedPValue);
        Assert.Equal(SampleRatio.ChiSquare([505, 495], [1, 1]).Value.PValue, tests[3].AdjustedPValue!.Value, 1e-12);
        // The largest of three by Holm is itself, the smallest three times.
        Assert.Equal(3 * tests[0].PValue.Value, tests[0].AdjustedPValue!.Value, 1e-80);
    }

    [Fact]
    public void Test_Sequential_IsTheTestThatMayBeRepeated() => Assert.Equal(
        SequentialSampleRatio.Test([156, 212], [0.5, 0.5]).Value.PValue, GroupedSampleRatio.Test([[156, 212]], [1, 1], sequential: true)[0].AdjustedPValue!.Value, 1e-12);

    [Fact]
    [Trait("Kind", "reference")]
    public void Running_SmallestOverTheChecks_Stays()
    {
        var running = SequentialSampleRatio.Running([[80, 71], [156, 212], [1156, 1212]], [0.5, 0.5]).Value;
        Assert.Equal((0.07486, 1), (Math.Round(running.PValue, 5), running.SmallestAt));
        Assert.Equal(1, SequentialSampleRatio.Running([[10, 10]], [1, 1]).Value.PValue);
    }

    [Fact]
    public void Running_BadChecks_SaySo()
    {
        Assert.Contains("no unit", SequentialSampleRatio.Running([], [1, 1]).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SequentialSampleRatio.Running([[5, 5], [5, 4]], [1, 1]));
        Assert.Throws<ArgumentException>(() => SequentialSampleRatio.Running([[5]], [1, 1]));
    }
}
