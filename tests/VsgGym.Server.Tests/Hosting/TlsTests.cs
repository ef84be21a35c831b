using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _authority = Authority("CN=authority");

    public TlsTests()
    {
        using var server = Issue(_authority, "CN=localhost");
        File.WriteAllText(_folder["server.pem"], server.ExportCertificatePem());
        File.WriteAllText(_folder["server.key"], server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder["authority.pem"], _authority.ExportCertificatePem());
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Call_OverTls_Passes()
    {
        await using var host = await ServerHost.StartAsync(Hosts.Quiet with { Tls = new TlsOptions(_folder["server.pem"], _folder["server.key"], null) });
        using var channel = Open(host, null);
        Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);
    }

    [Fact]
    public async Task Call_OverMutualTls_NeedsACertificateOfTheAuthority()
    {
        var tls = new TlsOptions(_folder["server.pem"], _folder["server.key"], _folder["authority.pem"]);
        await using var host = await ServerHost.StartAsync(Hosts.Quiet with { Tls = tls, Listen = [ListenAddress.Parse("0.0.0.0:0")] });
        using var known = Issue(_authority, "CN=known");
        using (var channel = Open(host, known)) Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);
        using var other = Authority("CN=authority");
        using var stranger = Issue(other, "CN=stranger");
        foreach (var certificate in (X509Certificate2?[])[null, stranger])
        {
            using var channel = Open(host, certificate);
            await Assert.ThrowsAsync<RpcException>(() => Hosts.ShakeHandsAsync(channel));
        }
    }

    [Fact]
    public async Task Certificate_ThatIsNone_StopsTheStart()
    {
        await File.WriteAllTextAsync(_folder["bad.pem"], "nothing");
        var error = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(Hosts.Quiet with { Tls = new TlsOptions(_folder["bad.pem"], _folder["server.key"], null) }));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains("bad.pem", error.Message, StringComparison.Ordinal);
    }

    private GrpcChannel Open(ServerHost host, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(_authority);
        if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
        return GrpcChannel.ForAddress($"https://127.0.0.1:{host.Addresses[0].Split(':')[^1]}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
