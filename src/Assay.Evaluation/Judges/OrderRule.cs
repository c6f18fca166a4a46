namespace Assay.Evaluation;

/// <summary>Which answer is shown first.</summary>
public enum OrderRule
{
    /// <summary>A seeded hash decides per case and repeat; the order is stored.</summary>
    Random,

    /// <summary>Both orders are asked, at twice the price.</summary>
    Both,
}
