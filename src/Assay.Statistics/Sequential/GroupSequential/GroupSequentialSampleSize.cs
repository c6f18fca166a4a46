namespace Assay.Statistics;

/// <summary>How many units a group-sequential experiment plans for: those of a test with one look, times the inflation factor.</summary>
public static class GroupSequentialSampleSize
{
    /// <summary>Units to detect a difference of two proportions.</summary>
    /// <param name="design">Its alpha and its looks count.</param>
    /// <param name="baseline">The control's proportion, in (0, 1).</param>
    /// <param name="effect">Absolute difference to detect, not 0; baseline + effect in [0, 1].</param>
    /// <param name="power">Chance to find the effect, a probability in (alpha of one side, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The planned maximum, information fraction 1; each arm is rounded up by itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static RequiredSample ForProportions(GroupSequentialDesign design, double baseline, double effect, double power = 0.8, double ratio = 1)
    {
        var factor = GroupSequentialPower.InflationFactor(design, power);
        return RequiredSample.FromExact(SampleSize.ForProportions(baseline, effect, 2 * design.AlphaPerSide, power, ratio).ControlExact * factor, ratio);
    }

    /// <summary>Units to detect a difference of two means.</summary>
    /// <param name="design">Its alpha and its looks count.</param>
    /// <param name="standardDeviation">Of one unit; positive.</param>
    /// <param name="effect">Absolute difference to detect, not 0.</param>
    /// <param name="power">Chance to find the effect, a probability in (alpha, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The planned maximum, information fraction 1; each arm is rounded up by itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static RequiredSample ForMeans(GroupSequentialDesign design, double standardDeviation, double effect, double power = 0.8, double ratio = 1)
    {
        var factor = GroupSequentialPower.InflationFactor(design, power);
        return RequiredSample.FromExact(SampleSize.ForMeans(standardDeviation, effect, 2 * design.AlphaPerSide, power, ratio).ControlExact * factor, ratio);
    }
}
