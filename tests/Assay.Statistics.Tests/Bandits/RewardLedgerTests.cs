namespace Assay.Statistics.Tests.Bandits;

public sealed class RewardLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly double[] Half = [0.5, 0.5];

    [Fact]
    public void Close_RewardThatNeverComes_IsMissingUntilItsWindowClosesAndZeroAfter()
    {
        var ledger = Ledger(MissingReward.Zero);
        ledger.Pull("a", 0, Half, Start);
        ledger.Pull("b", 1, Half, Start.AddMinutes(10));
        // Clicked at once, but it counts only when silence would count too.
        Assert.Equal(RewardReceipt.Accepted, ledger.Reward("b", 1, Start.AddMinutes(11)));
        Assert.Empty(ledger.Close(Start.AddMinutes(59)));
        Assert.Equal(2, ledger.Open);
        Assert.Equal([new BanditPull(0, Half, 0)], ledger.Close(Start.AddMinutes(60)), Same);
        Assert.Equal([new BanditPull(1, Half, 1)], ledger.Close(Start.AddDays(1)), Same);
        Assert.Empty(ledger.Close(Start.AddDays(2)));
    }

    [Fact]
    public void Close_ExcludedSilence_HasNoReward()
    {
        var ledger = Ledger(MissingReward.Exclude);
        ledger.Pull("a", 0, Half, Start);
        Assert.Null(Assert.Single(ledger.Close(Start.AddHours(1))).Reward);
    }

    [Fact]
    public void Reward_RepeatedLateOrWrong_ChangesNothing()
    {
        var ledger = Ledger(MissingReward.Zero);
        Assert.True(ledger.Pull("a", 0, Half, Start));
        Assert.False(ledger.Pull("a", 0, Half, Start.AddMinutes(1)));
        Assert.Equal(RewardReceipt.Accepted, ledger.Reward("a", 1, Start.AddMinutes(1)));
        Assert.Equal(RewardReceipt.Duplicate, ledger.Reward("a", 1, Start.AddMinutes(2)));
        Assert.Equal(RewardReceipt.Conflict, ledger.Reward("a", 0, Start.AddMinutes(2)));
        Assert.Equal(RewardReceipt.Unknown, ledger.Reward("z", 1, Start));
        Assert.Equal(RewardReceipt.Refused, ledger.Reward("a", 0.5, Start));
        Assert.Contains("a Beta-Bernoulli reward other than 0 or 1 is refused", ledger.WhyRefused(0.5), StringComparison.Ordinal);
        ledger.Pull("b", 1, Half, Start.AddMinutes(5));
        Assert.Equal(RewardReceipt.Late, ledger.Reward("b", 1, Start.AddMinutes(66)));
        Assert.Equal([1.0, 0], ledger.Close(Start.AddHours(2)).Select(p => p.Reward!.Value));
        Assert.Equal(RewardReceipt.Duplicate, ledger.Reward("a", 1, Start.AddHours(3)));
        Assert.Equal(RewardReceipt.Late, ledger.Reward("b", 1, Start.AddHours(3)));
    }

    [Fact]
    public void Pull_WhatCannotBe_IsRefused()
    {
        var ledger = Ledger(MissingReward.Zero);
        ledger.Pull("a", 0, Half, Start);
        Assert.Throws<ArgumentException>(() => ledger.Pull("a", 1, Half, Start));
        Assert.Throws<ArgumentException>(() => ledger.Pull("b", 1, [1, 0], Start));
        Assert.Throws<ArgumentException>(() => ledger.Pull("b", 1, [0.5, 0.6], Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Pull("b", 2, Half, Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Pull("b", 1, Half, Start.AddSeconds(-1)));
    }

    private static RewardLedger Ledger(MissingReward missing) => new(TimeSpan.FromHours(1), missing, new BetaThompson());

    private static bool Same(BanditPull a, BanditPull b) => a.Arm == b.Arm && a.Reward == b.Reward && a.Propensities.SequenceEqual(b.Propensities);
}
