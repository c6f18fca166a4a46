using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Bayesian intervals and probabilities, judged by frequencies, which is not what they promise.</summary>
internal static class BayesianCells
{
    private const string Note = "no promise: a Bayesian interval holds with its probability over the prior, not at each truth";
    private const string Peeking = "no promise: stopping on a probability has no error guarantee, and the report says so";

    public static IEnumerable<Cell> All()
    {
        foreach (var (p, n) in new[] { (0.5, 200), (0.05, 600), (0.02, 1500) })
            yield return Cell.Of("beta-binomial, flat prior: rejects at P(better) beyond .975, central interval", FormattableString.Invariant($"p = {p}, {n:N0} an arm"), Promise.Published, (ref RandomStream r) =>
            {
                var result = BetaBinomial.Compare(new(r.Binomial(n, p), n), new(r.Binomial(n, p), n), BetaBinomial.FlatPrior, 0.05);
                return new(Math.Abs(result.ProbabilityTreatmentBetter - 0.5) >= 0.475, result.Interval.Contains(0));
            }, 100, Note);
        yield return Cell.Of("normal-normal, flat prior: rejects at P(better) beyond .975", "normal estimate", Promise.Exact, (ref RandomStream r) => Normal(ref r, NormalPrior.Improper, 0));
        yield return Cell.Of("normal-normal, prior N(0, 1), errors of 1", "truth 0", Promise.Published, (ref RandomStream r) => Normal(ref r, new(0, 1), 0), note: Note);
        yield return Cell.Of("normal-normal, prior N(0, 1), errors of 1: interval", "truth 2", Promise.Published, (ref RandomStream r) => Normal(ref r, new(0, 1), 2) is var o ? new(o.Covered == false, o.Covered) : default, note: Note);
        yield return Cell.Of("normal-normal, prior N(0, 1), errors of 1: interval", "truths drawn from the prior", Promise.Exact, (ref RandomStream r) =>
        {
            var held = Normal(ref r, new(0, 1), r.Normal()).Covered;
            return new(held == false, held);
        });
        yield return Cell.Of("stopping at P(better) beyond .95, flat prior, at any of 14 looks", "normal statistics", Promise.Published, (ref RandomStream r) => new(Stops(ref r, 0.45)), 3, Peeking);
        yield return Cell.Of("stopping at P(better) beyond .975, flat prior, at any of 14 looks", "normal statistics", Promise.Published, (ref RandomStream r) => new(Stops(ref r, 0.475)), 3, Peeking);
    }

    private static Outcome Normal(ref RandomStream random, NormalPrior prior, double truth)
    {
        var posterior = NormalNormal.Posterior(new MeanEstimate(truth + random.Normal(), 1), prior, 0.05).Value;
        return new(Math.Abs(posterior.ProbabilityTreatmentBetter - 0.5) >= 0.475, posterior.Interval.Contains(truth));
    }

    private static bool Stops(ref RandomStream random, double beyond)
    {
        double sum = 0;
        for (var look = 1; look <= 14; look++)
        {
            sum += random.Normal();
            var posterior = NormalNormal.Posterior(new MeanEstimate(sum / look, 1 / Math.Sqrt(look)), NormalPrior.Improper, 0.05).Value;
            if (Math.Abs(posterior.ProbabilityTreatmentBetter - 0.5) >= beyond) return true;
        }
        return false;
    }
}
