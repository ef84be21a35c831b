namespace Grpc.Core;

/// <summary>Hints for writing one message.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer.</summary>
    BufferHint = 1,

    /// <summary>The message is sent uncompressed.</summary>
    NoCompress = 2,
}
