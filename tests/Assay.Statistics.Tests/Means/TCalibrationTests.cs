namespace Assay.Statistics.Tests.Means;

[Trait("Kind", "calibration")]
public sealed class TCalibrationTests
{
    [Fact]
    public void WelchT_NullWithUnequalVariances_RejectsAtAlphaWhereStudentDoesNot()
    {
        const int seed = 20260102, runs = 5000;
        var random = new Random(seed);
        int welch = 0, student = 0;
        for (var run = 0; run < runs; run++)
        {
            SampleMoments small = Sample(random, 10, 4), large = Sample(random, 40, 1);
            if (WelchT.Compare(small, large, 0.05).Value.PValue <= 0.05) welch++;
            if (StudentT.Compare(small, large, 0.05).Value.PValue <= 0.05) student++;
        }
        // Four binomial standard errors around 250, plus the .005 by which Welch's approximation may be off at 10 units.
        var slack = 4 * Math.Sqrt(runs * 0.05 * 0.95) + 0.005 * runs;
        Assert.True(Math.Abs(welch - 0.05 * runs) < slack, $"seed {seed}: Welch rejects {welch} of {runs}");
        Assert.True(student > 0.2 * runs, $"seed {seed}: Student rejects {student} of {runs}, so the test cannot tell the two apart");
    }

    private static SampleMoments Sample(Random random, int n, double standardDeviation)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = standardDeviation * Draw.Normal(random);
        return SampleMoments.FromValues(values);
    }
}
