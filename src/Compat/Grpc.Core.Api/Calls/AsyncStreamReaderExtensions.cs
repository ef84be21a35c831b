namespace Grpc.Core;

/// <summary>Shorthand for reading streams.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Reads the next message without cancellation; false at the end of the stream.</summary>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return streamReader.MoveNext(CancellationToken.None);
    }
}
