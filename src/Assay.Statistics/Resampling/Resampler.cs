using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Statistics;

/// <summary>Draws n of n values with replacement, block by block: exactly the bootstrap's distribution, at the speed of the first cache.</summary>
/// <remarks>
/// How many of the draws fall into each block of 1,024 values is multinomial; given that, each is uniform in its block. So the counts are drawn first,
/// and one random number then serves six draws of ten bits each, without bias. Nothing here depends on the order of the draws, which means nothing
/// to a statistic. Immutable; the random stream and the workspace belong to the caller.
/// </remarks>
internal sealed class Resampler
{
    private const int Bits = 10, Block = 1 << Bits, Mask = Block - 1, PerNumber = 64 / Bits;
    private readonly double[] _values;

    /// <param name="values">At least one; kept, not copied. Ascending where <see cref="Sorted"/> is used.</param>
    public Resampler(double[] values) => _values = values;

    /// <summary>The mean of one resample.</summary>
    public double Mean(ref RandomStream random)
    {
        double sum = 0;
        var left = _values.Length;
        for (var start = 0; start < _values.Length; start += Block)
        {
            var (size, draws) = Share(ref random, start, left);
            left -= draws;
            sum += size == Block ? Sum(ref random, start, draws) : SumOfRest(ref random, start, size, draws);
        }
        return sum / _values.Length;
    }

    /// <summary>A workspace for <see cref="Sorted"/>; one per thread.</summary>
    public (int[] Counts, double[] Sample) Workspace() => (new int[Block], new double[_values.Length + 4]);

    /// <summary>One resample in the order of the values: ascending when they are.</summary>
    public Span<double> Sorted(ref RandomStream random, (int[] Counts, double[] Sample) work)
    {
        int left = _values.Length, filled = 0;
        for (var start = 0; start < _values.Length; start += Block)
        {
            var (size, draws) = Share(ref random, start, left);
            left -= draws;
            Array.Clear(work.Counts);
            if (size == Block) Count(ref random, draws, work.Counts);
            else for (var i = 0; i < draws; i++) work.Counts[random.Below(size)]++;
            filled = Expand(start, size, work.Counts, work.Sample, filled);
        }
        return work.Sample.AsSpan(0, _values.Length);
    }

    private (int Size, int Draws) Share(ref RandomStream random, int start, int left)
    {
        var rest = _values.Length - start;
        return rest <= Block ? (rest, left) : (Block, (int)random.Binomial(left, (double)Block / rest));
    }

    private double Sum(ref RandomStream random, int start, int draws)
    {
        ref var first = ref MemoryMarshal.GetReference(_values.AsSpan(start, Block));
        double a = 0, b = 0, c = 0;
        var i = 0;
        for (; i + PerNumber <= draws; i += PerNumber)
        {
            var bits = random.Next();
            a += At(ref first, bits) + At(ref first, bits >> Bits);
            b += At(ref first, bits >> (2 * Bits)) + At(ref first, bits >> (3 * Bits));
            c += At(ref first, bits >> (4 * Bits)) + At(ref first, bits >> (5 * Bits));
        }
        for (; i < draws; i++) a += At(ref first, random.Next());
        return a + b + c;
    }

    private double SumOfRest(ref RandomStream random, int start, int size, int draws)
    {
        double sum = 0;
        for (var i = 0; i < draws; i++) sum += _values[start + random.Below(size)];
        return sum;
    }

    private static void Count(ref RandomStream random, int draws, int[] counts)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(counts);
        var i = 0;
        for (; i + PerNumber <= draws; i += PerNumber)
        {
            var bits = random.Next();
            for (var j = 0; j < PerNumber; j++, bits >>= Bits) Unsafe.Add(ref first, (nint)(bits & Mask))++;
        }
        for (; i < draws; i++) Unsafe.Add(ref first, (nint)(random.Next() & Mask))++;
    }

    // Four copies are written whether needed or not, which costs less than a branch that nobody can foresee; what is too much is overwritten.
    private int Expand(int start, int size, int[] counts, double[] sample, int filled)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(sample);
        for (var i = 0; i < size; i++)
        {
            var value = _values[start + i];
            var count = counts[i];
            Vector256.Create(value).StoreUnsafe(ref first, (nuint)filled);
            for (var j = 4; j < count; j++) sample[filled + j] = value;
            filled += count;
        }
        return filled;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double At(ref double first, ulong bits) => Unsafe.Add(ref first, (nint)(bits & Mask));
}
