using System.Buffers;

namespace Assay.Server;

/// <summary>Cuts a body into the texts of its events.</summary>
internal interface IEventSplitter
{
    /// <param name="buffer">What has arrived and is not consumed; moved past what is consumed now.</param>
    /// <param name="isLast">Whether nothing more will arrive.</param>
    /// <param name="found">Called with each event's text.</param>
    /// <returns>Null, or what is wrong with the body as a whole.</returns>
    string? Read(ref ReadOnlySequence<byte> buffer, bool isLast, Action<ReadOnlySequence<byte>> found);
}
