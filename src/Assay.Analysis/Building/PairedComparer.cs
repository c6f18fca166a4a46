using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Compares two recordings of the same items: McNemar's exact test for yes/no values, the paired t test for numbers.</summary>
public static class PairedComparer
{
    /// <param name="metric">Its name.</param>
    /// <param name="control">One finite value per item.</param>
    /// <param name="treatment">As many, the same item at the same place.</param>
    /// <param name="alpha">Two-sided, a probability in (0, 1).</param>
    /// <param name="onlyInControl">Ids that only the control's recording has.</param>
    /// <param name="onlyInTreatment">Ids that only the treatment's has.</param>
    /// <remarks>The interval is that of the mean paired difference; for yes/no values it may part from the exact test near the border, and then the test decides.</remarks>
    public static PairedReport Compare(
        string metric, ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double alpha,
        IReadOnlyList<string> onlyInControl, IReadOnlyList<string> onlyInTreatment)
    {
        ArgumentNullException.ThrowIfNull(onlyInControl);
        ArgumentNullException.ThrowIfNull(onlyInTreatment);
        if (control.Length != treatment.Length) throw new ArgumentException("control and treatment differ in length", nameof(treatment));
        var differences = new double[control.Length];
        long wins = 0, losses = 0;
        var isBinary = true;
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = treatment[i] - control[i];
            if (differences[i] > 0) wins++;
            else if (differences[i] < 0) losses++;
            isBinary &= control[i] is 0 or 1 && treatment[i] is 0 or 1;
        }
        var moments = SampleMoments.FromValues(differences);
        var paired = PairedT.FromDifferences(moments, alpha);
        var exact = isBinary && differences.Length > 0 ? McNemar.Compare(losses, wins) : new NotEstimable("not yes/no");
        var isEstimated = paired.IsEstimable && (!isBinary || exact.IsEstimable);
        return new PairedReport
        {
            Metric = metric,
            Pairs = differences.Length,
            Control = differences.Length > 0 ? SampleMoments.FromValues(control).Mean : null,
            Treatment = differences.Length > 0 ? SampleMoments.FromValues(treatment).Mean : null,
            Difference = differences.Length > 0 ? moments.Mean : null,
            Interval = isEstimated ? ReportInterval.Of(paired.Value.Interval.Low, paired.Value.Interval.High) : null,
            IntervalLevel = 1 - alpha,
            PValue = !isEstimated ? null : isBinary ? exact.Value.ExactPValue : paired.Value.PValue,
            Method = isBinary ? "mcnemar" : "paired-t",
            Wins = wins,
            Losses = losses,
            Ties = differences.Length - wins - losses,
            OnlyInControl = [.. onlyInControl.Take(20)],
            OnlyInControlCount = onlyInControl.Count,
            OnlyInTreatment = [.. onlyInTreatment.Take(20)],
            OnlyInTreatmentCount = onlyInTreatment.Count,
            Status = isEstimated ? RowStatus.Estimated : RowStatus.NotEstimable,
            Reason = isEstimated ? null : isBinary && !exact.IsEstimable ? exact.Reason : paired.Reason,
        };
    }
}
