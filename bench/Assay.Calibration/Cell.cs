using System.Globalization;
using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>One method in one setting.</summary>
public sealed record Cell(string Method, string Setting, Promise Promise, double Alpha)
{
    private const int Block = 64;

    /// <summary>An experiment without an effect.</summary>
    public Trial? Null { get; init; }

    /// <summary>One with the effect that <see cref="ExpectedPower"/> belongs to.</summary>
    public Trial? Effect { get; init; }

    /// <summary>What the effect is, for the page: a difference in the setting's unit unless words say otherwise.</summary>
    public string? EffectSize { get; init; }

    /// <summary>Of the effect; null when none is known beforehand.</summary>
    public double? ExpectedPower { get; init; }

    /// <summary>All outcomes with their probabilities, instead of drawing.</summary>
    public Func<Rates>? Enumerate { get; init; }

    /// <summary>How many times as long as a plain test an experiment takes: so many times fewer are run.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>What the reader of the page must know of the rate; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>A cell without an effect at level .05.</summary>
    public static Cell Of(string method, string setting, Promise promise, Trial trial, int cost = 1, string? note = null) =>
        new(method, setting, promise, 0.05) { Null = trial, Cost = cost, Note = note };

    /// <summary>A cell whose trials take the effect as an argument: 0, and one at which power is measured.</summary>
    public static Cell Of(string method, string setting, Promise promise, ShiftedTrial trial, double effect, int cost = 1, string? note = null, double? power = null) => new(method, setting, promise, 0.05)
    {
        Null = (ref RandomStream r) => trial(ref r, 0),
        Effect = (ref RandomStream r) => trial(ref r, effect),
        EffectSize = effect.ToString(CultureInfo.InvariantCulture),
        ExpectedPower = power,
        Cost = cost,
        Note = note,
    };

    public override string ToString() => $"{Method} | {Setting}";

    public Rates Measure(int runs, long seed)
    {
        if (Enumerate is not null) return Enumerate();
        runs = Math.Max(200, runs / Cost);
        var (rejected, covered, known) = Count(Null!, runs, seed);
        double? share = known == 0 ? null : (double)covered / known;
        if (Effect is null) return new Rates((double)rejected / runs, share, null, runs);
        var found = Count(Effect, runs, seed + 1);
        // An interval has to hold the truth with an effect as well as without.
        if (found.Known > 0) share = Math.Min(share ?? 1, (double)found.Covered / found.Known);
        return new Rates((double)rejected / runs, share, (double)found.Rejected / runs, runs);
    }

    /// <summary>What of the promise is broken beyond chance; null when it is kept.</summary>
    public string? Broken(Rates rates)
    {
        if (Promise == Promise.Published) return null;
        var level = Promise == Promise.Exact ? Alpha : 1.1 * Alpha;
        var limit = rates.Runs is { } runs ? Binomial.Quantile(runs, level, 1 - 1e-4) / (double)runs : level + 1e-12;
        if (rates.Rejected > limit) return FormattableString.Invariant($"rejects {rates.Rejected}, more than {limit}");
        if (1 - rates.Covered > limit + 1e-12) return FormattableString.Invariant($"misses {1 - rates.Covered}, more than {limit}");
        if (ExpectedPower is { } expected && rates.Power is { } power)
        {
            var slack = 0.01 + (rates.Runs is { } n ? 3.72 * Math.Sqrt(expected * (1 - expected) / n) : 0);
            if (Math.Abs(power - expected) > slack) return FormattableString.Invariant($"power {power} instead of {expected} ± {slack}");
        }
        return null;
    }

    private static (int Rejected, int Covered, int Known) Count(Trial trial, int runs, long seed)
    {
        int rejected = 0, covered = 0, known = 0;
        Parallel.For(0, (runs + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, block =>
        {
            var random = new RandomStream(seed, block);
            int r = 0, c = 0, k = 0;
            for (var i = block * Block; i < Math.Min(runs, (block + 1) * Block); i++)
            {
                var outcome = trial(ref random);
                r += outcome.Rejected ? 1 : 0;
                c += outcome.Covered == true ? 1 : 0;
                k += outcome.Covered is null ? 0 : 1;
            }
            Interlocked.Add(ref rejected, r);
            Interlocked.Add(ref covered, c);
            Interlocked.Add(ref known, k);
        });
        return (rejected, covered, known);
    }
}
