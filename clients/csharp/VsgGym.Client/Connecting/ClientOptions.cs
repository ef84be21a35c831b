namespace VsgGym.Client;

/// <summary>How a client connects.</summary>
public sealed record ClientOptions
{
    /// <summary>Longest wait for the first answer of the server. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Deadline of every call but a solve, steps of a stream included. Default 60 s; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest message this client takes, in bytes. Default 64 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 64 << 20;

    /// <summary>How environments travel unless their <see cref="MakeOptions"/> say otherwise. Default: streams.</summary>
    public EnvironmentTransport Transport { get; init; } = EnvironmentTransport.Stream;

    /// <summary>The server's token, sent as "authorization: Bearer TOKEN"; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Name and version of the program, for the server's log. Default: the name of this package.</summary>
    public string Name { get; init; } = "VsgGym.Client";
}
