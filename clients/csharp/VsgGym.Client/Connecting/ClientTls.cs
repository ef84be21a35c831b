namespace VsgGym.Client;

/// <summary>How connections are encrypted. Each file is PEM: its path, or its text itself.</summary>
/// <example>
/// <code>
/// var options = new ClientOptions { Tls = new() { Authority = "ca.pem", Certificate = "client.pem", Key = "client.key" } };
/// </code>
/// </example>
public sealed record ClientTls
{
    /// <summary>The authorities that the server's certificate must come from; null: those of the system.</summary>
    public string? Authority { get; init; }

    /// <summary>This client's certificate with its chain, for servers that want one (serve --client-ca); null: none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The private key of <see cref="Certificate"/>; null only where that is null too.</summary>
    public string? Key { get; init; }

    /// <summary>The name that the server's certificate must carry; null: the host of the address.</summary>
    public string? ServerName { get; init; }
}
