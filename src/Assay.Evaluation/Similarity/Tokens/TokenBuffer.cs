using System.Buffers;

namespace Assay.Evaluation.Similarity;

/// <summary>Numbers of tokens as they come.</summary>
internal ref struct TokenBuffer
{
    private int[] rented;
    private int count;

    public TokenBuffer(int atMost) => rented = ArrayPool<int>.Shared.Rent(atMost);

    public void Add(int id) => rented[count++] = id;

    /// <summary>The numbers; the buffer is of no use afterwards.</summary>
    public int[] ToArray()
    {
        var ids = rented.AsSpan(0, count).ToArray();
        ArrayPool<int>.Shared.Return(rented);
        rented = [];
        return ids;
    }
}
