using System.Numerics;

namespace Assay.Statistics;

/// <summary>xoshiro256** seeded by SplitMix64: one independent stream per block, the same on every machine and .NET version.</summary>
/// <remarks>D. Blackman, S. Vigna, ACM Transactions on Mathematical Software 47 (2021) 36, doi:10.1145/3460772.</remarks>
internal struct RandomStream
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public RandomStream(long seed, int block)
    {
        var state = (ulong)seed ^ ((ulong)(uint)block * 0xD1B54A32D192ED03UL);
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

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
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)(uint)bound, out _);

    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
