namespace Assay.Statistics;

/// <summary>How far raters agree beyond chance.</summary>
/// <param name="Coefficient">1 is full agreement, 0 is what chance gives, below 0 is worse than chance.</param>
/// <param name="StandardError">Not estimable where nothing varies, as at full agreement.</param>
/// <param name="Interval">At level 1 − alpha, up to 1; not estimable when the error is not.</param>
/// <param name="ObservedAgreement">Mean share of pairs of ratings of an item that agree (weighted, if weights were asked for), in [0, 1].</param>
/// <param name="Items">Items that count.</param>
/// <param name="TooFewToTell">True below 30 items: show the interval, draw no conclusion.</param>
public sealed record AgreementEstimate(
    double Coefficient, Estimated<double> StandardError, Estimated<Interval> Interval, double ObservedAgreement, int Items, bool TooFewToTell)
{
    /// <summary>Fewer items than this are too few to tell.</summary>
    public const int EnoughItems = 30;

    internal static AgreementEstimate Of(double coefficient, double standardError, double degreesOfFreedom, double observed, int items, double alpha)
    {
        Estimated<double> error = standardError > 1e-12
            ? standardError
            : new NotEstimable("every item says the same, so nothing tells how far off the coefficient may be");
        return new AgreementEstimate(
            coefficient, error, error.Map(se => Tails.Interval(coefficient, se, degreesOfFreedom, alpha, Alternative.TwoSided)).Map(i => new Interval(Math.Max(-1, i.Low), Math.Min(1, i.High))),
            observed, items, items < EnoughItems);
    }
}
