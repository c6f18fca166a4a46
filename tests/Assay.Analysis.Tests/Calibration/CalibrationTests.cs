using Assay.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>The cells of docs/statistics/calibration.md, with fewer experiments here and as many as there in the slow tier.</summary>
[Trait("Kind", "calibration")]
public sealed class CalibrationTests
{
    private const long Seed = 20_261_128;

    // What promises nothing cannot break; it is measured for the page alone.
    public static TheoryData<int> CellNumbers => [.. Enumerable.Range(0, Cells.All.Count).Where(i => Cells.All[i].Promise != Promise.Published)];

    public static TheoryData<int> QuickCellNumbers => [.. Enumerable.Range(0, Cells.All.Count).Where(i => Cells.All[i].Promise != Promise.Published && Cells.All[i].Cost < 300)];

    public static TheoryData<int> PlanNumbers => [.. Enumerable.Range(0, PlanRow.All.Count)];

    [Theory]
    [MemberData(nameof(QuickCellNumbers))]
    public void Cell_FewExperiments_KeepsItsPromise(int number) => Check(Cells.All[number], 1000);

    [Theory]
    [MemberData(nameof(CellNumbers))]
    [Trait("Tier", "slow")]
    public void Cell_ManyExperiments_KeepsItsPromise(int number) => Check(Cells.All[number], 100_000);

    [Theory]
    [MemberData(nameof(PlanNumbers))]
    public void Plan_FewExperiments_KeepsItsPromise(int number) => Check(PlanRow.All[number], 300);

    [Theory]
    [MemberData(nameof(PlanNumbers))]
    [Trait("Tier", "slow")]
    public void Plan_ManyExperiments_KeepsItsPromise(int number) => Check(PlanRow.All[number], 20_000);

    [Theory]
    [InlineData(true, 0, 0.025, 0.025, 0.753, 0.197)]
    [InlineData(true, 1, 0.80, 0.00, 0.05, 0.15)]
    [InlineData(false, 0, 0.025, 0.025, 0.753, 0.197)]
    [InlineData(false, 1, 0.80, 0.00, 0.05, 0.15)]
    public void Hybrid_ThroughTheReport_DecidesAtThePromisedRates(bool isRate, int effects, double ship, double doNotShip, double noDifference, double inconclusive)
    {
        const int runs = 4000;
        var result = HybridPlan.Measure(isRate ? HybridPlan.Rate : HybridPlan.Mean, effects, runs, Seed);
        var decisions = result.Decisions;
        Assert.True(result.Coverage > 0.95 - 4 * result.CoverageStandardError, $"the interval holds the truth in {result.Coverage} (seed {Seed})");
        Within(ship, "ship");
        // A sequence pays for looking all the time: harm is shown less often than a fixed test would show it, never more often.
        Assert.True(decisions.GetValueOrDefault("do-not-ship") <= doNotShip + 0.01);
        Within(noDifference, "no-difference");
        Within(inconclusive + doNotShip, "inconclusive", "do-not-ship");

        void Within(double rate, params string[] names)
        {
            var observed = names.Sum(n => decisions.GetValueOrDefault(n));
            Assert.True(Math.Abs(observed - rate) <= 4 * Math.Sqrt(rate * (1 - rate) / runs) + 0.01, $"{names[0]}: {observed} instead of {rate} (seed {Seed})");
        }
    }

    [Fact]
    public void Broken_ARateAboveTheLimit_IsSeen()
    {
        var cell = Cells.All.First(c => c.Promise == Promise.Exact && c.Enumerate is null);
        Assert.NotNull(cell.Broken(new Rates(0.07, null, null, 5000)));
        Assert.Null(cell.Broken(new Rates(0.052, null, null, 5000)));
        Assert.NotNull(cell.Broken(new Rates(0.05, 0.93, null, 5000)));
    }

    private static void Check(Cell cell, int runs)
    {
        var broken = cell.Broken(cell.Measure(runs, Seed));
        Assert.True(broken is null, $"{cell}: {broken} (seed {Seed}, {runs} runs)");
    }

    private static void Check(PlanRow row, int runs)
    {
        var broken = row.Broken(row.Measure(runs, Seed));
        Assert.True(broken is null, $"{row.Name} at {row.Effect}: {broken} (seed {Seed}, {runs} runs)");
    }
}
