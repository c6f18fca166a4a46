using System.Collections.Immutable;
using Assay.Calibration;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Adjusted estimates through the code of a report: unbiased, covering as promised, and at registered looks, where coefficients are estimated anew each time, of the joint distribution that boundaries are made for.</summary>
[Trait("Kind", "calibration")]
public sealed class AdjustmentCalibrationTests
{
    private const int Seed = 20_261_127, PerArm = 400;

    private const string SmallStrata = "mean, strata of which some are small";

    // What a treatment adds to units of one kind; the covariates predict it too, so that the coefficients differ between the arms.
    private const double Effect = 0.3;

    private static readonly Dictionary<string, Setting> Settings = new()
    {
        ["mean, covariate with gaps"] = new(MetricType.Mean, (random, effect) =>
        {
            var x = Normal(random);
            return new(x + Normal(random) + effect * (1 + x), 1, [random.Next(5) == 0 ? null : x], null);
        }, Effect),
        ["mean, two covariates"] = new(MetricType.Mean, (random, effect) =>
        {
            double x = Normal(random), w = Normal(random) + 0.5 * x;
            return new(x - 2 * w + Normal(random) + effect, 1, [x, w], null);
        }, Effect),
        ["proportion, covariate"] = new(MetricType.Proportion, (random, effect) =>
        {
            var x = random.NextDouble();
            return new(random.NextDouble() < 0.05 + 0.5 * x + effect ? 1 : 0, 1, [x], null);
        }, 0.1),
        ["ratio, covariate"] = new(MetricType.Ratio, (random, effect) =>
        {
            double x = Normal(random), n = 1 + random.Next(4);
            return new(n * (5 + x + effect) + Normal(random), n, [x], null);
        }, Effect),
        [SmallStrata] = new(MetricType.Mean, (random, effect) =>
        {
            var s = random.Next(40) is var k && k < 38 ? k % 3 : k;
            return new(2 * (s % 7) + Normal(random) + effect * (s == 0 ? 1.5 : 0.75), 1, [], "s" + s);
        }, Effect * (13.0 / 40 * 1.5 + 27.0 / 40 * 0.75)),
        ["mean, strata"] = new(MetricType.Mean, (random, effect) =>
        {
            var s = random.Next(5);
            return new(2 * s + Normal(random) + effect * s, 1, [], "s" + s);
        }, 2 * Effect),
        ["proportion, strata"] = new(MetricType.Proportion, (random, effect) =>
        {
            var s = random.Next(4);
            return new(random.NextDouble() < 0.08 + 0.2 * s + effect ? 1 : 0, 1, [], "s" + s);
        }, 0.1),
        ["ratio, strata"] = new(MetricType.Ratio, (random, effect) =>
        {
            int s = random.Next(3), n = 1 + s + random.Next(3);
            return new(n * (3 + s + effect) + Normal(random), n, [], "s" + s);
        }, Effect),
    };

    public static TheoryData<string> Names => [.. Settings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Looks_ThetaEstimatedAnew_KeepTheJointDistribution(string name) => HoldAtLooks(name, 1000, "obrien-fleming");

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Tier", "slow")]
    public void Looks_ThetaEstimatedAnewManyTimes_KeepTheJointDistribution(string name)
    {
        HoldAtLooks(name, 40_000, "obrien-fleming");
        // Spends early, where the least is known.
        HoldAtLooks(name, 40_000, "pocock");
    }

    /// <summary>Why strata are kept: the figures of decision 0010.</summary>
    [Theory]
    [InlineData("obrien-fleming", 0.0542)]
    [InlineData("pocock", 0.0572)]
    [Trait("Tier", "slow")]
    public void Looks_StrataThatSplitOffInBetween_RejectTooOften(string spending, double rate)
    {
        const int runs = 40_000;
        var (crossed, _, _, _) = AtLooks(Settings[SmallStrata], runs, spending, keepsStrata: false);
        Assert.InRange(crossed / (double)runs, rate - 0.0003, rate + 0.0003);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_Adjusted_IsUnbiasedNarrowerAndCovers(string name) => HoldAtTheEnd(name, 1000);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Tier", "slow")]
    public void Estimate_AdjustedManyTimes_IsUnbiasedNarrowerAndCovers(string name) => HoldAtTheEnd(name, 40_000);

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 2)]
    [InlineData(25, 2)]
    public void Estimate_FewClusters_CountsTheta(int clusters, int covariates)
    {
        const int runs = 4000;
        var random = new Random(Seed);
        int missed = 0, used = 0;
        var experiment = GivenExperiment.With([new(GivenExperiment.Mean("m"), MetricRole.Primary)]) with { Unit = UnitKind.Cluster };
        for (var run = 0; run < runs; run++)
        {
            var row = Report(experiment, [Arm("control", clusters), Arm("treatment", clusters + 2)]);
            if (row.Method != "cuped") continue;
            used++;
            Assert.False(row.MethodArguments["thetaIsKnown"]!.GetValue<bool>());
            if (!(row.Interval is { Low: <= 0, High: >= 0 })) missed++;
        }
        Assert.True(used > runs / 2, $"used {used} of {runs} times");
        Assert.InRange(missed, 0, Binomial.Quantile(used, 0.055, 1 - 1e-4));

        MetricArmMoments Arm(string variant, int n) => GivenUnit.Arm(variant, MetricType.Mean, [.. Enumerable.Range(0, n).Select(_ =>
        {
            double x = Normal(random), w = Normal(random);
            return new GivenUnit(2 * x + w + Normal(random), 1, covariates == 1 ? [x] : [x, w], null);
        })]);
    }

    private static (int Crossed, double[] Sums, double[] Squares, double[] Products) AtLooks(Setting setting, int runs, string spending, bool keepsStrata = true)
    {
        var random = new Random(Seed);
        var plan = SequentialPlan.Of(GivenExperiment.With([new(setting.Metric, MetricRole.Primary)], GivenExperiment.Planned(0.22, setting.Type == MetricType.Proportion ? 0.5 : null, 1, 0.25, 0.5, 0.75, 1) with { Spending = spending, Strata = setting.IsStratified ? ["s"] : [] }));
        int crossed = 0, looks = plan.Fractions.Length;
        double[] sums = new double[looks], squares = new double[looks], products = new double[looks];
        for (var run = 0; run < runs; run++)
        {
            GivenUnit[] control = setting.Draw(random, PerArm, 0), treatment = setting.Draw(random, PerArm, 0);
            ImmutableArray<LookRecord> history = [];
            var z = new double[looks];
            var hasCrossed = false;
            ImmutableArray<ImmutableArray<string?>>? strata = null;
            for (var look = 1; look <= looks; look++)
            {
                var n = PerArm * look / looks;
                var moments = GivenMoments.Of(GivenMoments.Metric("m", [.. Arms(setting, control.AsSpan(0, n), treatment.AsSpan(0, n), strata)]));
                // A look without history tells z also after a crossing.
                z[look - 1] = plan.Judge([], look, look == looks, plan.UnitsAt(look)!.Value, moments).Comparisons[0].Z!.Value;
                if (setting.IsStratified && keepsStrata) strata ??= ReportBuilder.Build(plan.Experiment, moments, new ReportOptions { RemembersLooks = true, Sequential = plan }).Looks[0].Strata!.Value;
                if (hasCrossed) continue;
                var record = plan.Judge(history, look, look == looks, plan.UnitsAt(look)!.Value, moments);
                hasCrossed = record.Comparisons[0].Result != LookResult.Continue;
                history = history.Add(record);
            }
            if (hasCrossed) crossed++;
            for (var k = 0; k < looks; k++)
            {
                sums[k] += z[k];
                squares[k] += z[k] * z[k];
                products[k] += z[k] * z[^1];
            }
        }
        return (crossed, sums, squares, products);
    }

    private static void HoldAtLooks(string name, int runs, string spending)
    {
        var (crossed, sums, squares, products) = AtLooks(Settings[name], runs, spending);
        var looks = sums.Length;
        Assert.InRange(crossed, Binomial.Quantile(runs, 0.04, 1e-4), Binomial.Quantile(runs, 0.055, 1 - 1e-4));
        for (var k = 0; k < looks; k++)
        {
            var correlation = products[k] / Math.Sqrt(squares[k] * squares[^1]);
            var expected = Math.Sqrt((k + 1.0) / looks);
            Assert.True(Math.Abs(correlation - expected) <= 4.5 * (1 - expected * expected) / Math.Sqrt(runs) + 0.01, $"looks {k + 1} and {looks}: correlation {correlation} instead of {expected} (seed {Seed})");
            Assert.InRange(sums[k] / Math.Sqrt(runs), -4.5, 4.5);
            Assert.InRange(squares[k] / runs, 1 - 6.4 / Math.Sqrt(runs), 1.06 + 6.4 / Math.Sqrt(runs));
        }
    }

    private static void HoldAtTheEnd(string name, int runs)
    {
        var setting = Settings[name];
        var experiment = GivenExperiment.With([new(setting.Metric, MetricRole.Primary)]);
        var random = new Random(Seed + 1);
        var effectSize = setting.Type == MetricType.Proportion ? 0.1 : Effect;
        var missed = 0;
        double sum = 0, square = 0, plain = 0;
        for (var run = 0; run < runs; run++)
        {
            var row = Report(experiment, Arms(setting, setting.Draw(random, PerArm, 0), setting.Draw(random, PerArm, effectSize)));
            Assert.NotNull(row.VarianceReduction);
            if (!(row.Interval!.Value.Low <= setting.Truth && row.Interval.Value.High >= setting.Truth)) missed++;
            var error = row.Difference!.Value - setting.Truth;
            sum += error;
            square += error * error;
            plain += Math.Pow(row.UnadjustedDifference!.Value - setting.Truth, 2);
        }
        var standardError = Math.Sqrt(square / runs / runs);
        Assert.True(Math.Abs(sum / runs) <= 4.5 * standardError, $"biased by {sum / runs}, of which chance explains {standardError} (seed {Seed + 1})");
        Assert.InRange(missed, 0, Binomial.Quantile(runs, 0.055, 1 - 1e-4));
        Assert.True(square < 0.97 * plain, $"mean squared error {square / runs} against {plain / runs} unadjusted");
    }

    private static ImmutableArray<MetricArmMoments> Arms(Setting setting, ReadOnlySpan<GivenUnit> control, ReadOnlySpan<GivenUnit> treatment, ImmutableArray<ImmutableArray<string?>>? strata = null) =>
        StratumMoments.Align([GivenUnit.Arm("control", setting.Type, control, strata), GivenUnit.Arm("treatment", setting.Type, treatment, strata)]);

    private static MetricRow Report(Experiment experiment, ImmutableArray<MetricArmMoments> arms) =>
        ReportBuilder.Build(experiment, GivenMoments.Of(GivenMoments.Metric("m", [.. arms])), new ReportOptions { IsFinal = true }).Metrics[0];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed record Setting(MetricType Type, Func<Random, double, GivenUnit> Unit, double Truth)
    {
        public bool IsStratified { get; } = Unit(new Random(1), 0).Stratum is not null;

        public Metric Metric { get; } = Type switch
        {
            MetricType.Proportion => GivenExperiment.Proportion("m", "m"),
            MetricType.Ratio => GivenExperiment.Ratio("m") with { Better = Direction.Higher },
            _ => GivenExperiment.Mean("m"),
        };

        public GivenUnit[] Draw(Random random, int n, double effect) => [.. Enumerable.Range(0, n).Select(_ => Unit(random, effect))];
    }
}
