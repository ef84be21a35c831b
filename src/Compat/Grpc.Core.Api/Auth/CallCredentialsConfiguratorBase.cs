namespace Grpc.Core;

/// <summary>Takes the content of call credentials for a transport.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>Takes credentials made of others.</summary>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>Takes credentials that an interceptor writes.</summary>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}
