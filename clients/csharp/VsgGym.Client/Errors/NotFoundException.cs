namespace VsgGym.Client;

/// <summary>A name that exists nowhere: a game, solver, concept or closed environment (NOT_FOUND).</summary>
public sealed class NotFoundException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 5;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public NotFoundException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
