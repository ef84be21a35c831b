namespace Grpc.Core;

/// <summary>Carries a parent call's deadline and cancellation to a child call.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
