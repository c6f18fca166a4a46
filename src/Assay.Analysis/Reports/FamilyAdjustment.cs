using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>How the p-values of a family were adjusted.</summary>
/// <param name="Method">step-down-dunnett, holm, or the plan's correction of secondaries.</param>
/// <param name="Text">Why this one, for people.</param>
public sealed record FamilyAdjustment(string Method, string Text)
{
    internal const string Holm = "holm", Dunnett = "step-down-dunnett";

    /// <summary>Of family 2.</summary>
    internal static FamilyAdjustment Of(CorrectionKind correction) => new(NameOf(correction), "secondaries, by the plan's correction, after family 1 rejected");

    private static string NameOf(CorrectionKind kind) => kind switch
    {
        CorrectionKind.None => "none",
        CorrectionKind.Bonferroni => "bonferroni",
        CorrectionKind.Holm => Holm,
        CorrectionKind.Hochberg => "hochberg",
        CorrectionKind.BenjaminiYekutieli => "benjamini-yekutieli",
        _ => "benjamini-hochberg",
    };
}
