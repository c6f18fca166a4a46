namespace Assay.Statistics;

/// <summary>How often raters agree, chance included.</summary>
/// <param name="Share">Mean share of pairs of ratings of an item that agree, in [0, 1].</param>
/// <param name="Interval">At level 1 − alpha, inside [0, 1] and of positive width even at full agreement.</param>
/// <param name="Items">Number of items; 1 or more.</param>
public sealed record RaterAgreementEstimate(double Share, Interval Interval, int Items);
