namespace VsgGym.Client;

/// <summary>An error of a call to a VsgGym server; the class says what kind, the faults name field, value and rule.</summary>
/// <remarks>A call cancelled by its own token throws <see cref="OperationCanceledException"/> instead.</remarks>
/// <example>
/// <code>
/// try { await client.SolveAsync("climbing-v0", "rommeo_q", new Options { ["episodes"] = -1 }); }
/// catch (InvalidArgumentException e) { Console.WriteLine(e.Faults[0].Path); } // options.episodes
/// </code>
/// </example>
public class VsgGymException : Exception
{
    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="code">Number of the gRPC status of the same meaning.</param>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public VsgGymException(int code, string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(message, inner)
    {
        ArgumentNullException.ThrowIfNull(faults);
        Code = code;
        Faults = faults;
    }

    /// <summary>Number of the gRPC status of the same meaning: 3 for a wrong argument, 5 for an unknown name, ...</summary>
    public int Code { get; }

    /// <summary>Every fault found, at least one.</summary>
    public IReadOnlyList<Fault> Faults { get; }
}
