using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests;

/// <summary>What the property tests draw, and how they compare.</summary>
internal static class Draw
{
    /// <summary>Values between −1000 and 1000 in hundredths, at least so many of them, not all equal from 2 on.</summary>
    public static Arbitrary<double[]> Values(int atLeast) => Gen.Choose(-100_000, 100_000).Select(i => i / 100.0).ListOf()
        .Select(list => list.ToArray()).Where(a => a.Length >= atLeast && (a.Length < 2 || a.Distinct().Count() > 1)).ToArbitrary();

    public static Arbitrary<(Proportion Control, Proportion Treatment)> Proportions() =>
        (from nc in Gen.Choose(1, 3000)
         from xc in Gen.Choose(0, nc)
         from nt in Gen.Choose(1, 3000)
         from xt in Gen.Choose(0, nt)
         select (new Proportion(xc, nc), new Proportion(xt, nt))).ToArbitrary();

    public static Arbitrary<double[]> PValues() => Gen.Choose(0, 1_000_000).Select(i => i / 1e6).ListOf().Select(l => l.ToArray()).ToArbitrary();

    /// <summary>Equal to a relative tolerance, or to as much in absolute terms near 0.</summary>
    public static bool Near(double a, double b, double tolerance) => a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    public static bool Near(Interval a, Interval b, double tolerance) => Near(a.Low, b.Low, tolerance) && Near(a.High, b.High, tolerance);

    /// <summary>The interval of the negated quantity.</summary>
    public static Interval Flip(Interval interval) => new(-interval.High, -interval.Low);

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
