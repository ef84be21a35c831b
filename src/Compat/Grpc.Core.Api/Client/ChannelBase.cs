namespace Grpc.Core;

/// <summary>A connection to a server.</summary>
public abstract class ChannelBase
{
    /// <summary>Creates a channel to a target.</summary>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>Address as it was given.</summary>
    public string Target { get; }

    /// <summary>Creates an invoker whose calls go through this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Closes the channel.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <inheritdoc />
    public override string ToString() => Target;

    /// <summary>Closes the channel; nothing to do here.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
