namespace Assay.Evaluation;

/// <summary>What BLEU takes for the precision of an order without any match.</summary>
public enum BleuSmoothing
{
    /// <summary>0, which makes the whole score 0.</summary>
    None,

    /// <summary>0.1 matches. B. Chen and C. Cherry (2014), method 1, with their epsilon of 0.1.</summary>
    Floor,

    /// <summary>One more match and one more n-gram from order 2 on. C.-Y. Lin and F. J. Och (2004); Chen and Cherry's method 2.</summary>
    AddOne,

    /// <summary>1/2 of a match in the first such order, 1/4 in the second, and so on: mteval's rule, Chen and Cherry's method 3, and the default of sacrebleu.</summary>
    Exponential,
}
