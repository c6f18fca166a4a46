using System.Numerics;

namespace Assay.Statistics;

/// <summary>xoshiro256** seeded by SplitMix64: one independent stream per block of work, the same numbers on every machine and .NET version.</summary>
/// <remarks>A mutable struct: pass it by reference, for a copy repeats its numbers. D. Blackman, S. Vigna, ACM Transactions on Mathematical
/// Software 47 (2021) 36, doi:10.1145/3460772.</remarks>
public struct RandomStream
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">Any number.</param>
    /// <param name="block">Which stream of this seed, 0 or more: give each block of work its own, and threads cannot change the result.</param>
    public RandomStream(long seed, int block)
    {
        var state = (ulong)seed ^ ((ulong)(uint)block * 0xD1B54A32D192ED03UL);
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from 0 to below <paramref name="bound"/>; the bias of at most bound / 2⁶⁴ cannot be seen.</summary>
    /// <param name="bound">1 or more.</param>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)(uint)bound, out _);

    /// <summary>Uniform on (0, 1): never 0, never 1.</summary>
    public double Uniform() => ((Next() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Standard normal.</summary>
    /// <remarks>G. E. P. Box, M. E. Muller, Annals of Mathematical Statistics 29 (1958) 610–611, doi:10.1214/aoms/1177706645.</remarks>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Chi-square with any positive number of degrees of freedom: (n − 1) s² / σ² of a normal sample.</summary>
    /// <param name="degreesOfFreedom">Positive.</param>
    /// <remarks>G. Marsaglia, W. W. Tsang, ACM Transactions on Mathematical Software 26 (2000) 363–372, doi:10.1145/358407.358414.</remarks>
    public double ChiSquare(double degreesOfFreedom)
    {
        Guard.Positive(degreesOfFreedom);
        var shape = degreesOfFreedom / 2;
        // Below one the shape is raised by one, and a power of a uniform number brings it back.
        if (shape < 1) return ChiSquare(degreesOfFreedom + 2) * Math.Pow(Uniform(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(), v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(Uniform()) < x * x / 2 + d - d * v + d * Math.Log(v)) return 2 * d * v;
        }
    }

    /// <summary>Successes in independent trials; exact, in a time that does not grow with them.</summary>
    /// <param name="trials">0 or more.</param>
    /// <param name="probability">Of success, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public long Binomial(long trials, double probability) => BinomialDraw.Next(ref this, trials, probability);

    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
