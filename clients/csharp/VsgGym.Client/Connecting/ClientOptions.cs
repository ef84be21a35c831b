namespace VsgGym.Client;

/// <summary>How a client connects.</summary>
public sealed record ClientOptions
{
    /// <summary>Longest wait for the first answer of the server, above 0. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Deadline of every call but a solve, steps of a stream included, above 0. Default 60 s; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest message this client takes, in bytes, at least 1. Default 64 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 64 << 20;

    /// <summary>How environments travel unless their <see cref="MakeOptions"/> say otherwise. Default: streams.</summary>
    public EnvironmentTransport Transport { get; init; } = EnvironmentTransport.Stream;

    /// <summary>The server's token, sent as "authorization: Bearer TOKEN"; null: the variable VSGGYM_TOKEN, else what the address file holds, else none.</summary>
    public string? Token { get; init; }

    /// <summary>Encrypts the connection; null: encrypted only where the address says "https://", trusting the system's authorities.</summary>
    public ClientTls? Tls { get; init; }

    /// <summary>Name and version of the program, for the server's log. Default: the name of this package.</summary>
    public string Name { get; init; } = "VsgGym.Client";

    /// <exception cref="InvalidArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        CheckSpan("connect_timeout", ConnectTimeout);
        CheckSpan("timeout", Timeout);
        if (MaxMessageBytes < 1) throw ErrorDecoder.Invalid("max_message_bytes", $"{MaxMessageBytes}", "must be at least 1", "out_of_range");
    }

    private static void CheckSpan(string path, TimeSpan span)
    {
        if (span <= TimeSpan.Zero && span != System.Threading.Timeout.InfiniteTimeSpan)
            throw ErrorDecoder.Invalid(path, FormattableString.Invariant($"{span.TotalSeconds} s"), "must be above 0 s, or infinite", "out_of_range");
    }
}
