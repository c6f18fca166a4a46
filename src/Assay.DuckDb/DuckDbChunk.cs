using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>Up to 2,048 rows, column by column. Vectors and spans read from it are valid until it is disposed.</summary>
public sealed class DuckDbChunk : IDisposable
{
    private readonly ChunkHandle _handle;
    private readonly DuckDbVector[] _vectors;

    internal DuckDbChunk(ChunkHandle handle, DuckDbColumn[] columns, int rowCount)
    {
        _handle = handle;
        RowCount = rowCount;
        _vectors = new DuckDbVector[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            _vectors[i] = new DuckDbVector(this, columns[i], Duck.duckdb_data_chunk_get_vector(handle, (ulong)i));
    }

    public int RowCount { get; }

    public int ColumnCount => _vectors.Length;

    /// <summary>The values of a column.</summary>
    public DuckDbVector this[int column]
    {
        get
        {
            ThrowIfDisposed();
            return _vectors[column];
        }
    }

    public void Dispose() => _handle.Dispose();

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
}
