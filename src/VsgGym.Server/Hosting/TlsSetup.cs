using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Hosting;

namespace VsgGym.Server.Hosting;

/// <summary>The certificates of encrypted connections, read once at the start.</summary>
internal sealed class TlsSetup
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain = [];
    private readonly X509Certificate2Collection? _authorities;

    /// <summary>Reads the files.</summary>
    /// <exception cref="ServerStartException">A file is missing or is no PEM certificate or key.</exception>
    public TlsSetup(TlsOptions options)
    {
        _certificate = Read("--tls-cert and --tls-key", options.Certificate, () => X509Certificate2.CreateFromPemFile(options.Certificate, options.Key));
        _chain.ImportFromPemFile(options.Certificate);
        if (options.ClientAuthority is not { } path) return;
        _authorities = Read("--client-ca", path, () =>
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0 ? authorities : throw new CryptographicException("no certificate in it");
        });
    }

    /// <summary>Encrypts a listener.</summary>
    public void Apply(ListenOptions listen) => listen.UseHttps(https =>
    {
        https.ServerCertificate = _certificate;
        https.ServerCertificateChain = _chain;
        if (_authorities is null) return;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (certificate, _, _) => IsTrusted(certificate);
    });

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private static T Read<T>(string option, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ServerStartException($"{option}: {path} cannot be used: {error.Message}", 2, error);
        }
    }
}
