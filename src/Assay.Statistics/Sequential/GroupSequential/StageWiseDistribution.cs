namespace Assay.Statistics;

/// <summary>The distribution of where and with what z a group-sequential experiment ends, at one true drift, in the stage-wise order.</summary>
/// <remarks>Integrates once; after that a question costs microseconds, so that a simulation can ask of every run whether its interval would cover.
/// Immutable; safe to share between threads.</remarks>
public sealed class StageWiseDistribution
{
    private readonly GroupSequentialDesign _design;
    private readonly (double Before, CrossingPath Path)[] _up;
    private readonly (double Before, CrossingPath Path)[] _down;

    /// <param name="design">The design that is followed.</param>
    /// <param name="drift">The true drift, E[Z] at information fraction 1; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">drift is not finite.</exception>
    public StageWiseDistribution(GroupSequentialDesign design, double drift)
    {
        ArgumentNullException.ThrowIfNull(design);
        Guard.Finite(drift);
        _design = design;
        _up = Stages(design, drift);
        _down = design.IsTwoSided ? Stages(design, -drift) : _up;
    }

    /// <summary>Chance of an outcome at least as extreme upwards: a stop at an earlier look, or as large a z at this one.</summary>
    /// <param name="look">The look of the stop, from 1.</param>
    /// <param name="z">The statistic then; finite.</param>
    /// <returns>A probability; uniform on (0, 1) if the drift is the true one. At drift 0 the one-sided p-value for benefit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double AtLeast(int look, double z)
    {
        _design.CheckLook(look);
        Guard.Finite(z);
        return _design.IsTwoSided && z < 0 ? 1 - At(_down, look, -z) : At(_up, look, z);
    }

    /// <summary>Whether the interval of <see cref="StageWise.Estimate"/> would contain this drift.</summary>
    /// <param name="look">The look of the stop, from 1.</param>
    /// <param name="z">The statistic then; finite.</param>
    /// <param name="alpha">1 − the level of the interval; a probability in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public bool IsCovered(int look, double z, double alpha = 0.05)
    {
        Guard.Probability(alpha);
        var chance = AtLeast(look, z);
        return chance >= alpha / 2 && chance <= 1 - alpha / 2;
    }

    private static double At((double Before, CrossingPath Path)[] stages, int look, double z)
    {
        var (before, path) = stages[look - 1];
        return Math.Min(1, before + path.Above(z));
    }

    private static (double Before, CrossingPath Path)[] Stages(GroupSequentialDesign design, double drift)
    {
        var stages = new (double Before, CrossingPath Path)[design.Times.Length];
        var path = new CrossingPath(design.Times, drift);
        double before = 0;
        for (var k = 0; k < stages.Length; k++)
        {
            stages[k] = (before, path.Snapshot());
            before += path.Above(design.Critical[k]);
            if (k + 1 < stages.Length) path.Continue(double.NegativeInfinity, design.Critical[k]);
        }
        return stages;
    }
}
