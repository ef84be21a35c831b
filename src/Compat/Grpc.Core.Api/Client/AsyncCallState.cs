namespace Grpc.Core;

// What the four kinds of call have in common. The two forms (closures; delegates over one state object) are
// the two public constructors of each call type.
internal readonly struct AsyncCallState
{
    private readonly object? _state;
    private readonly Func<object, Task<Metadata>> _headers;
    private readonly Func<object, Status> _status;
    private readonly Func<object, Metadata> _trailers;
    private readonly Action<object> _dispose;

    public AsyncCallState(
        Func<object, Task<Metadata>> headers,
        Func<object, Status> status,
        Func<object, Metadata> trailers,
        Action<object> dispose,
        object state)
    {
        _headers = headers;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
        _state = state;
    }

    public AsyncCallState(Task<Metadata> headers, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(_ => headers, _ => status(), _ => trailers(), _ => dispose(), null!)
    {
    }

    public Task<Metadata> ResponseHeadersAsync() => _headers(_state!);

    public Status GetStatus() => _status(_state!);

    public Metadata GetTrailers() => _trailers(_state!);

    public void Dispose() => _dispose(_state!);
}
