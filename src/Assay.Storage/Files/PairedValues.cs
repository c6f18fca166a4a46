using System.Collections.Immutable;

namespace Assay.Storage;

/// <summary>The values of the items that two recordings share, and what only one of them has.</summary>
/// <param name="Control">One finite value per shared item, in the order of their ids.</param>
/// <param name="Treatment">As many, the same item at the same place.</param>
/// <param name="OnlyInControl">Ids whose value only the first recording has.</param>
/// <param name="OnlyInTreatment">Ids whose value only the second has.</param>
/// <param name="IsBinary">True when every value is 0 or 1.</param>
/// <param name="Both">Of yes-or-no values: items that succeed on both sides.</param>
/// <param name="OnlyControlSucceeds">Items that succeed in the first alone.</param>
/// <param name="OnlyTreatmentSucceeds">Items that succeed in the second alone.</param>
/// <param name="Neither">Items that succeed on neither side.</param>
/// <param name="MeanDifference">Mean of treatment − control; 0 without a pair.</param>
/// <param name="VarianceOfDifferences">With n − 1; 0 below two pairs.</param>
public sealed record PairedValues(
    ImmutableArray<double> Control, ImmutableArray<double> Treatment, ImmutableArray<string> OnlyInControl, ImmutableArray<string> OnlyInTreatment,
    bool IsBinary, long Both, long OnlyControlSucceeds, long OnlyTreatmentSucceeds, long Neither, double MeanDifference, double VarianceOfDifferences)
{
    public int Pairs => Control.Length;

    internal static PairedValues Of(
        ImmutableArray<double> control, ImmutableArray<double> treatment, ImmutableArray<string> onlyInControl, ImmutableArray<string> onlyInTreatment)
    {
        var isBinary = control.All(x => x is 0 or 1) && treatment.All(x => x is 0 or 1);
        long Count(double a, double b) => isBinary ? control.Zip(treatment).Count(p => p.First == a && p.Second == b) : 0;
        var differences = control.Zip(treatment, (a, b) => b - a).ToArray();
        var mean = differences.Length == 0 ? 0 : differences.Average();
        var variance = differences.Length < 2 ? 0 : differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1);
        return new PairedValues(control, treatment, onlyInControl, onlyInTreatment, isBinary, Count(1, 1), Count(1, 0), Count(0, 1), Count(0, 0), mean, variance);
    }
}
