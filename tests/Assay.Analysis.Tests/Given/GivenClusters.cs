using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

/// <summary>Sums over users as a store makes them, from single values.</summary>
internal static class GivenClusters
{
    /// <param name="users">Each user's values in both arms.</param>
    public static CoarserClusters Gather((double[] Control, double[] Treatment)[] users)
    {
        var m = ClusterMoments.FromTotals(
            [.. users.Select(u => (double)u.Control.Length)], [.. users.Select(u => u.Control.Sum())],
            [.. users.Select(u => (double)u.Treatment.Length)], [.. users.Select(u => u.Treatment.Sum())], users.Sum(u => u.Control.Length + u.Treatment.Length));
        double[] Centred((double[] Control, double[] Treatment) u) => [.. u.Control.Select(x => x - m.ControlMean), .. u.Treatment.Select(x => x - m.TreatmentMean)];
        double Variance(IEnumerable<double> values, double n) => SampleMoments.FromValues([.. values]).Variance / n;
        return new CoarserClusters("user", "treatment")
        {
            Units = m.Values,
            UnitsWithId = m.Values,
            Clusters = m.Clusters,
            ControlClusters = m.ControlClusters,
            TreatmentClusters = m.TreatmentClusters,
            SharedClusters = users.Count(u => u.Control.Length > 0 && u.Treatment.Length > 0),
            NegativeClusters = 0,
            ControlWeight = m.ControlWeight,
            ControlMean = m.ControlMean,
            TreatmentWeight = m.TreatmentWeight,
            TreatmentMean = m.TreatmentMean,
            PlainSquares = m.PlainSquares,
            AdjustedSquares = m.AdjustedSquares,
            Trace = m.Trace,
            TraceOfSquares = m.TraceOfSquares,
            ControlLeverage = m.ControlLeverage,
            TreatmentLeverage = m.TreatmentLeverage,
            SharedLeverage = m.SharedLeverage,
            UnitVariance = Variance(users.SelectMany(u => u.Control), m.ControlWeight) + Variance(users.SelectMany(u => u.Treatment), m.TreatmentWeight),
            SquaredSizes = users.Sum(u => Math.Pow(u.Control.Length + u.Treatment.Length, 2)),
            BetweenSquares = users.Sum(u => Math.Pow(Centred(u).Sum(), 2) / Centred(u).Length),
            TotalSquares = users.Sum(u => Centred(u).Sum(x => x * x)),
        };
    }
}
