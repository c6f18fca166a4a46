using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Several tests at once: any false rejection, or the share of false ones among the rejections.</summary>
internal static class FamilyCells
{
    private const int Tests = 20;

    private delegate double[] Correction(ReadOnlySpan<double> pValues);

    private static readonly double s_dunnett = ComparisonLevel.Dunnett(3, 0.05);

    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("20 true nulls at .05 each: any rejection (.6415 in theory)", "independent", Promise.Published, (ref RandomStream r) => Any([.. Draw(ref r, 0, Tests)]), note: "what no correction costs");
        foreach (var (name, correction) in new (string, Correction)[]
        {
            ("Bonferroni", Multiplicity.Bonferroni), ("Holm", p => Multiplicity.Holm(p)), ("Hochberg", p => Multiplicity.Hochberg(p)), ("Hommel", Multiplicity.Hommel),
            ("Benjamini–Hochberg", p => Multiplicity.BenjaminiHochberg(p)), ("Benjamini–Yekutieli", Multiplicity.BenjaminiYekutieli),
        })
        {
            yield return Cell.Of($"{name} over 20 true nulls: any rejection", "independent", Promise.Exact, (ref RandomStream r) => Any(correction(Draw(ref r, 0, Tests))), 2);
            yield return Cell.Of($"{name} over 20 true nulls: any rejection", "correlation .7", Promise.Exact, (ref RandomStream r) => Any(correction(Draw(ref r, 0.7, Tests))), 2);
            var isRate = name.StartsWith("Benjamini", StringComparison.Ordinal);
            yield return Cell.Of($"{name}, 10 of 20 nulls true: {(isRate ? "share of rejections that are false" : "any false rejection")}", "independent, effects of 3 errors", Promise.Exact, (ref RandomStream r) =>
            {
                var rejected = correction(Draw(ref r, 0, 10));
                return isRate ? OneAtRandom(ref r, rejected) : Any(rejected.AsSpan(0, 10));
            }, 3);
        }
        yield return Cell.Of("Dunnett, three treatments and one control: any rejection", "normal statistics", Promise.Exact, (ref RandomStream r) => Dunnett(ref r), 1);
        yield return Cell.Of("Holm, three treatments and one control: any rejection", "normal statistics", Promise.Exact, (ref RandomStream r) => Any(Multiplicity.Holm(Shared(ref r))), 1);
        yield return Cell.Of("intervals widened to Holm's p-values, five metrics: all hold", "independent, effects of 0 to 4 errors", Promise.Published, (ref RandomStream r) => Widened(ref r), 2, "for display: wide enough to agree with the p-values, no more");
    }

    /// <summary>True nulls first; what comes after them has effects of three errors.</summary>
    private static double[] Draw(ref RandomStream random, double correlation, int nulls)
    {
        var p = new double[Tests];
        var common = random.Normal();
        for (var i = 0; i < p.Length; i++)
            p[i] = P(Math.Sqrt(correlation) * common + Math.Sqrt(1 - correlation) * random.Normal() + (i < nulls ? 0 : 3));
        return p;
    }

    private static double P(double z) => 2 * StandardNormal.UpperTail(Math.Abs(z));

    private static Outcome Any(ReadOnlySpan<double> pValues)
    {
        foreach (var p in pValues)
            if (p <= 0.05) return new(true);
        return new(false);
    }

    /// <summary>Whether one of the rejections, drawn by lot, is false: on average the false discovery rate.</summary>
    private static Outcome OneAtRandom(ref RandomStream random, double[] pValues)
    {
        int all = pValues.Count(p => p <= 0.05), wrong = pValues[..10].Count(p => p <= 0.05);
        return new(all > 0 && random.Below(all) < wrong);
    }

    private static double[] Shared(ref RandomStream random)
    {
        var control = random.Normal();
        var p = new double[3];
        for (var i = 0; i < p.Length; i++) p[i] = P((random.Normal() - control) / Math.Sqrt(2));
        return p;
    }

    private static Outcome Dunnett(ref RandomStream random) => new(Shared(ref random).Min() <= s_dunnett);

    private static Outcome Widened(ref RandomStream random)
    {
        double[] z = new double[5];
        for (var i = 0; i < z.Length; i++) z[i] = i + random.Normal();
        var adjusted = Multiplicity.Holm([.. z.Select(P)]);
        var held = z.Select((v, i) => adjusted[i] >= 1 || Multiplicity.AdjustedInterval(v, adjusted[i], 0.05).Contains(i)).All(h => h);
        return new(!held, held);
    }
}
