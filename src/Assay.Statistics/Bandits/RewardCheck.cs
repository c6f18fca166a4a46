using System.Globalization;

namespace Assay.Statistics;

/// <summary>What the rules ask of rewards and arms.</summary>
internal static class RewardCheck
{
    // Squares of 0/1 rewards are weight · mean · (1 − mean), up to the rounding of merging and discounting.
    private const double Rounding = 1e-6;

    public static string? Binary(double reward) => reward is 0 or 1 ? null
        : string.Create(CultureInfo.InvariantCulture, $"a Beta-Bernoulli reward other than 0 or 1 is refused: {reward}");

    public static string? Unit(double reward, string rule) => reward >= 0 && reward <= 1 ? null
        : string.Create(CultureInfo.InvariantCulture, $"{rule} needs rewards between 0 and 1; scale them: {reward}");

    public static string? Finite(double reward) => double.IsFinite(reward) ? null : "a reward must be a finite number";

    public static void Arms(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        ArgumentNullException.ThrowIfNull(arms);
        if (arms.Count < 2) throw new ArgumentException($"at least 2 arms are needed; there are {arms.Count}", nameof(arms));
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
    }

    public static void BinaryArms(IReadOnlyList<ArmRewards> arms)
    {
        for (var i = 0; i < arms.Count; i++)
        {
            var arm = arms[i];
            if (arm.Mean is < 0 or > 1 || Math.Abs(arm.Squares - arm.Weight * arm.Mean * (1 - arm.Mean)) > Rounding * Math.Max(1, arm.Weight))
                throw new ArgumentException($"a Beta-Bernoulli reward other than 0 or 1 is refused: arm {i} holds one", nameof(arms));
        }
    }

    public static void UnitArms(IReadOnlyList<ArmRewards> arms, string rule)
    {
        for (var i = 0; i < arms.Count; i++)
            if (arms[i].Mean is < 0 or > 1) throw new ArgumentException($"{rule} needs rewards between 0 and 1; arm {i} has others", nameof(arms));
    }
}
