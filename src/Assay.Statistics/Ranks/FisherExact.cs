namespace Assay.Statistics;

/// <summary>Fisher's exact test of two independent proportions, for counts too small for the normal approximation.</summary>
public static class FisherExact
{
    // Tables whose probabilities differ only by rounding count as equally likely.
    private const double Equal = 1 + 1e-7;

    // Below this share of the likeliest table nothing adds to a sum, and subnormal numbers would stop shrinking.
    private const double Vanishing = 1e-300;

    /// <summary>Compares two proportions given all four margins of their table.</summary>
    /// <param name="control">Successes and trials of the control; one trial per randomisation unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alternative">Two-sided (the tables no more likely than the one seen) unless said otherwise.</param>
    /// <returns>The test; not estimable when an arm has no trials or the two arms together have no success or no failure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The alternative is unknown.</exception>
    /// <remarks>Fixed horizon; conservative. Time grows with the square root of the counts. R. A. Fisher, Journal of the Royal Statistical
    /// Society 98 (1935) 39–82, doi:10.2307/2342435.</remarks>
    public static Estimated<FisherTest> Compare(Proportion control, Proportion treatment, Alternative alternative = Alternative.TwoSided)
    {
        if (alternative is not (Alternative.TwoSided or Alternative.Greater or Alternative.Less))
            throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative");
        if (WhyNot(control, treatment) is { } why) return new NotEstimable(why);

        var table = new Table(treatment.Trials, control.Trials, control.Successes + treatment.Successes);
        double p = table.PValue(treatment.Successes, alternative), below = (double)control.Successes * (treatment.Trials - treatment.Successes);
        Estimated<double> odds = below == 0
            ? new NotEstimable("a cell in the odds ratio's denominator is 0")
            : treatment.Successes * ((double)(control.Trials - control.Successes) / below);
        return new FisherTest(odds, p);
    }

    /// <summary>Twice the smaller one-sided p-value: with equal arms Fisher's two-sided one, with unequal arms the one that errs by at most alpha / 2 on either side.</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <returns>At most 1; not estimable as <see cref="Compare"/>.</returns>
    /// <remarks>M. P. Fay, Biostatistics 11 (2010) 373–374, doi:10.1093/biostatistics/kxp050 (the central exact test).</remarks>
    public static Estimated<double> CentralPValue(Proportion control, Proportion treatment)
    {
        if (WhyNot(control, treatment) is { } why) return new NotEstimable(why);
        var table = new Table(treatment.Trials, control.Trials, control.Successes + treatment.Successes);
        var isHigher = treatment.Rate > control.Rate;
        return Math.Min(1, 2 * table.PValue(treatment.Successes, isHigher ? Alternative.Greater : Alternative.Less));
    }

    private static string? WhyNot(Proportion control, Proportion treatment)
    {
        if (control.Trials == 0 || treatment.Trials == 0) return $"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}";
        if (control.Successes + treatment.Successes == 0) return "neither arm has a success";
        return control.Successes + treatment.Successes == control.Trials + treatment.Trials ? "neither arm has a failure" : null;
    }

    /// <summary>Tables with fixed margins, by the treatment's successes: hypergeometric, relative to the likeliest one.</summary>
    private readonly struct Table(long treatment, long control, long successes)
    {
        private long Low => Math.Max(0, successes - control);

        private long High => Math.Min(treatment, successes);

        // Starting from the mode and multiplying ratios of neighbours needs no factorial, so large counts lose no digits.
        private long Mode => Math.Clamp((long)((treatment + 1.0) * (successes + 1.0) / (treatment + control + 2.0)), Low, High);

        public double PValue(long seen, Alternative alternative)
        {
            double total = 0, below = 0, above = 0, noMoreLikely = 0, weight = 1;
            var bound = WeightOf(seen) * Equal;
            var mode = Mode;
            for (var x = mode; x <= High; x++)
            {
                if (x > mode) weight *= Up(x - 1);
                if (weight < Vanishing) break;
                Count(x, weight);
            }
            weight = 1;
            for (var x = mode - 1; x >= Low; x--)
            {
                weight /= Up(x);
                if (weight < Vanishing) break;
                Count(x, weight);
            }
            var sum = alternative switch { Alternative.Greater => above, Alternative.Less => below, _ => noMoreLikely };
            return Math.Min(1, sum / total);

            void Count(long x, double mass)
            {
                total += mass;
                if (x <= seen) below += mass;
                if (x >= seen) above += mass;
                if (mass <= bound) noMoreLikely += mass;
            }
        }

        private double WeightOf(long seen)
        {
            double weight = 1;
            for (var x = Mode; x < seen && weight > Vanishing; x++) weight *= Up(x);
            for (var x = Mode; x > seen && weight > Vanishing; x--) weight /= Up(x - 1);
            return weight;
        }

        // P(x + 1) / P(x).
        private double Up(long x) => (double)(treatment - x) / (x + 1) * ((double)(successes - x) / (control - successes + x + 1));
    }
}
