using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VsgGym.Client;

/// <summary>Turns <see cref="ClientTls"/> into what the handler takes.</summary>
internal static class TlsSettings
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <exception cref="InvalidArgumentException">A file is missing or holds no PEM, or a certificate comes without its key.</exception>
    public static SslClientAuthenticationOptions Read(ClientTls tls)
    {
        var options = new SslClientAuthenticationOptions();
        if (tls.Authority is { } authority) options.CertificateChainPolicy = Trust(authority);
        if (tls.Certificate is not null || tls.Key is not null) options.ClientCertificateContext = Own(tls);
        if (tls.ServerName is { } name)
            options.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
                && shown is X509Certificate2 certificate && certificate.MatchesHostname(name);
        return options;
    }

    private static X509ChainPolicy Trust(string authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // private authorities publish no revocations
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.CustomTrustStore.AddRange(Certificates("tls.authority", authority));
        return policy;
    }

    private static SslStreamCertificateContext Own(ClientTls tls)
    {
        if (tls.Certificate is null) throw Invalid("tls.certificate", string.Empty, "must be given together with tls.key", "missing");
        if (tls.Key is null) throw Invalid("tls.key", string.Empty, "must be given together with tls.certificate", "missing");
        var chain = Certificates("tls.certificate", tls.Certificate);
        string key = Text("tls.key", tls.Key);
        try
        {
            var own = X509Certificate2.CreateFromPem(Text("tls.certificate", tls.Certificate), key);
            // Windows cannot use a key that was never stored.
            if (OperatingSystem.IsWindows()) own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Invalid("tls.key", Shown(tls.Key), $"must be the private key of tls.certificate in PEM form: {e.Message}", "malformed_pem");
        }
    }

    private static X509Certificate2Collection Certificates(string path, string source)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Text(path, source));
        }
        catch (CryptographicException e)
        {
            throw Invalid(path, Shown(source), $"must hold certificates in PEM form: {e.Message}", "malformed_pem");
        }

        return certificates.Count > 0 ? certificates : throw Invalid(path, Shown(source), "must hold at least one certificate in PEM form", "malformed_pem");
    }

    private static string Text(string path, string source)
    {
        if (IsText(source)) return source;
        try
        {
            return File.ReadAllText(source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Invalid(path, source, $"must be PEM text or the path of a readable PEM file: {e.Message}", "file_not_found");
        }
    }

    private static bool IsText(string source) => source.Contains("-----BEGIN ", StringComparison.Ordinal);

    // A key given as text must not show in an error.
    private static string Shown(string source) => IsText(source) ? "PEM text" : source;

    private static InvalidArgumentException Invalid(string path, string value, string rule, string reason) => ErrorDecoder.Invalid(path, value, rule, reason);
}
