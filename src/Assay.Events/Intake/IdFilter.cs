namespace Assay.Events;

/// <summary>
/// A Bloom filter that grows: says of an id "never seen" or "perhaps seen", at 20 bits per id and about one error in 10,000.
/// Each layer holds twice the ids of the one before, so that the layers' errors add up to about twice the newest's share.
/// </summary>
/// <remarks>B. H. Bloom, Communications of the ACM 13 (1970) 422–426, doi:10.1145/362686.362692; double hashing after A. Kirsch and
/// M. Mitzenmacher, Random Structures &amp; Algorithms 33 (2008) 187–218, doi:10.1002/rsa.20208.</remarks>
internal sealed class IdFilter
{
    private const int BitsPerId = 20;
    private const int Probes = 12;
    private readonly List<ulong[]> layers = [];
    private long capacity;
    private long used;

    public IdFilter(int firstCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(firstCapacity);
        AddLayer(firstCapacity);
    }

    public long Bytes => layers.Sum(l => (long)l.Length * sizeof(ulong));

    /// <param name="id">A hash: its bits are taken as uniform.</param>
    public void Add(UInt128 id)
    {
        if (used == capacity) AddLayer(capacity * 2);
        var bits = layers[^1];
        var size = (ulong)bits.Length * 64;
        var (at, step) = Start(id);
        for (var i = 0; i < Probes; i++, at += step)
        {
            var bit = Math.BigMul(at, size, out _);
            bits[bit >> 6] |= 1UL << (int)(bit & 63);
        }
        used++;
    }

    public bool MayContain(UInt128 id)
    {
        for (var layer = layers.Count - 1; layer >= 0; layer--)
            if (MayContain(layers[layer], id)) return true;
        return false;
    }

    private static bool MayContain(ulong[] bits, UInt128 id)
    {
        var size = (ulong)bits.Length * 64;
        var (at, step) = Start(id);
        for (var i = 0; i < Probes; i++, at += step)
        {
            var bit = Math.BigMul(at, size, out _);
            if ((bits[bit >> 6] & (1UL << (int)(bit & 63))) == 0) return false;
        }
        return true;
    }

    // An odd step visits different places however the halves fall.
    private static (ulong At, ulong Step) Start(UInt128 id) => ((ulong)(id >> 64), (ulong)id | 1);

    private void AddLayer(long ids)
    {
        layers.Add(new ulong[(ids * BitsPerId + 63) / 64]);
        capacity = ids;
        used = 0;
    }
}
