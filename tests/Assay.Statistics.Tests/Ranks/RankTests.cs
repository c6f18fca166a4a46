using Assay.Statistics.Tests.Reference;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Ranks;

public sealed class RankTests
{
    // Depression scores before and after a tranquilliser: M. Hollander, D. A. Wolfe (1973), 29 f.
    private static readonly double[] Before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30], After = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

    [Fact]
    [Trait("Kind", "reference")]
    public void MannWhitney_ScipyCases_Agree()
    {
        foreach (var c in Oracle.Cases("mann-whitney"))
        {
            var result = MannWhitney.Compare(c.Input.Numbers("control"), c.Input.Numbers("treatment"), 0.05).Value;
            c.Check("u", result.U);
            c.Check("pValue", result.PValue);
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void MannWhitney_HollanderAndWolfePermeability_HasThePublishedExactP()
    {
        // W = 35 of 10 against 5, one-sided p .1272.
        double[] term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], early = [1.15, 0.88, 0.90, 0.74, 1.21];
        var result = MannWhitney.Compare(early, term, 0.05, Alternative.Greater).Value;
        Assert.Equal(35, result.U);
        Oracle.Rounded(0.1272, result.ExactPValue.Value, 4);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void WilcoxonSignedRank_HollanderAndWolfeDepression_HasThePublishedExactP()
    {
        // V = 40 of 9 pairs, one-sided p .01953.
        var result = WilcoxonSignedRank.Compare(After, Before, Alternative.Greater).Value;
        Assert.Equal(40, result.PositiveRankSum);
        Oracle.Rounded(0.01953, result.ExactPValue.Value, 5);
        Oracle.Near(10 / 512.0, result.ExactPValue.Value, 1e-12);
        Assert.InRange(result.PseudoMedian.Value, 0.4, 0.5);
    }

    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(1, 4, 3, 4, Alternative.TwoSided, 0.4857142857142857)]
    [InlineData(1, 4, 3, 4, Alternative.Greater, 0.2428571428571429)]
    [InlineData(10, 13, 2, 17, Alternative.TwoSided, 0.0005367)]
    [InlineData(10, 13, 2, 17, Alternative.Less, 0.0004652)]
    public void FisherExact_TeaAndConvictedTwins_Agree(long xc, long nc, long xt, long nt, Alternative alternative, double expected) =>
        Assert.Equal(expected, FisherExact.Compare(new(xc, nc), new(xt, nt), alternative).Value.PValue, 5e-8);

    [Fact]
    public void FisherExact_SmallTables_AgreeWithEnumeration()
    {
        for (var xc = 0; xc <= 5; xc++)
            for (var xt = 0; xt <= 7; xt++)
            {
                if (xc + xt is 0 or 12) continue;
                int total = xc + xt;
                double Mass(int x) => Choose(7, x) * Choose(5, total - x) / Choose(12, total);
                var all = Enumerable.Range(0, 8).Where(x => total - x is >= 0 and <= 5).ToList();
                Oracle.Near(all.Where(x => Mass(x) <= Mass(xt) * (1 + 1e-9)).Sum(Mass), P(Alternative.TwoSided), 1e-12);
                Oracle.Near(all.Where(x => x >= xt).Sum(Mass), P(Alternative.Greater), 1e-12);
                Oracle.Near(all.Where(x => x <= xt).Sum(Mass), P(Alternative.Less), 1e-12);

                double P(Alternative a) => FisherExact.Compare(new(xc, 5), new(xt, 7), a).Value.PValue;
            }

        static double Choose(int n, int k) => k < 0 || k > n ? 0 : Enumerable.Range(1, k).Aggregate(1.0, (c, i) => c * (n - k + i) / i);
    }

    [Fact]
    public void FisherExact_BillionsOfTrials_AgreesWithTheNormalTest()
    {
        Proportion control = new(500_000_000, 1_000_000_000), treatment = new(500_050_000, 1_000_000_000);
        var exact = FisherExact.Compare(control, treatment).Value.PValue;
        Assert.Equal(TwoProportions.Compare(control, treatment, 0.05).Value.PValue.Value, exact, 1e-4);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void MannWhitney_ArmsSwapped_MirrorsEverything() => Prop.ForAll(Draw.Values(2), Draw.Values(2), (a, b) =>
    {
        var ab = MannWhitney.Compare(a, b, 0.05, Alternative.Greater);
        var ba = MannWhitney.Compare(b, a, 0.05, Alternative.Less);
        return ab.IsEstimable == ba.IsEstimable && (!ab.IsEstimable || (Draw.Near(ab.Value.Superiority, 1 - ba.Value.Superiority, 1e-12)
            && Draw.Near(ab.Value.PValue, ba.Value.PValue, 1e-12)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void WilcoxonSignedRank_ArmsSwapped_MirrorsEverything() => Prop.ForAll(Draw.Values(2), a =>
    {
        var zero = new double[a.Length];
        var up = WilcoxonSignedRank.Compare(zero, a, Alternative.Greater).Value;
        var down = WilcoxonSignedRank.Compare(a, zero, Alternative.Less).Value;
        return Draw.Near(up.PValue, down.PValue, 1e-12) && Draw.Near(up.PseudoMedian.Value, -down.PseudoMedian.Value, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "calibration")]
    public void ExactRankTests_UnderTheNull_NeverRejectTooOften()
    {
        // Every order of 4 against 5 and every sign of 8 pairs: the share with p ≤ .05 is the test's true size.
        int orders = 0, rejected = 0;
        for (var mask = 0; mask < 512; mask++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)mask) != 4) continue;
            double[] c = [.. Enumerable.Range(0, 9).Where(i => (mask >> i & 1) == 1).Select(i => (double)i)], t = [.. Enumerable.Range(0, 9).Where(i => (mask >> i & 1) == 0).Select(i => (double)i)];
            orders++;
            if (MannWhitney.Compare(c, t, 0.05).Value.ExactPValue.Value <= 0.05) rejected++;
        }
        Assert.Equal(126, orders);
        Assert.InRange(rejected / 126.0, 0.02, 0.05);

        var signs = Enumerable.Range(0, 256).Count(mask => WilcoxonSignedRank.Compare(
            new double[8], [.. Enumerable.Range(0, 8).Select(i => (mask >> i & 1) == 1 ? i + 1.0 : -i - 1.0)]).Value.ExactPValue.Value <= 0.05);
        Assert.InRange(signs / 256.0, 0.02, 0.05);
    }

    [Fact]
    public void Compare_DegenerateInput_SaysWhy()
    {
        Assert.Contains("equal", MannWhitney.Compare([1, 1], [1, 1], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 1 unit", MannWhitney.Compare([], [1], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("no pair", WilcoxonSignedRank.Compare([1, 2], [1, 2]).Reason, StringComparison.Ordinal);
        Assert.Contains("success", FisherExact.Compare(new(0, 5), new(0, 5)).Reason, StringComparison.Ordinal);
        Assert.Contains("overlap", MannWhitney.Compare([1, 2], [3, 4], 0.05).Value.SuperiorityInterval.Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MannWhitney.Compare([1, double.NaN], [1], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => MannWhitney.Compare([1], [2], 1.5));
        Assert.Throws<ArgumentException>(() => WilcoxonSignedRank.Compare([1], [1, 2]));
    }
}
