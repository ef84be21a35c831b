namespace VsgGym.Server.Hosting;

/// <summary>The files of encrypted connections, all in PEM form.</summary>
/// <param name="Certificate">The server's certificate, with its chain.</param>
/// <param name="Key">The server's private key.</param>
/// <param name="ClientAuthority">Clients must show a certificate of this authority; null: any client may connect.</param>
internal sealed record TlsOptions(string Certificate, string Key, string? ClientAuthority);
