using VsgGym.Server.Hosting;

namespace VsgGym.Client.Tests;

/// <summary>Encrypted connections to a server whose certificate a private authority signed.</summary>
public sealed class TlsTests : IAsyncLifetime, IDisposable
{
    private readonly Authorities _files = new();
    private ServerHost? _open;
    private ServerHost? _closed;

    public async Task InitializeAsync()
    {
        _open = await StartAsync(clientAuthority: null);
        _closed = await StartAsync(_files.Authority);
    }

    public async Task DisposeAsync()
    {
        await _open!.DisposeAsync();
        await _closed!.DisposeAsync();
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Connect_TrustingThePrivateAuthority_Plays()
    {
        foreach (string authority in (string[])[_files.Authority, await File.ReadAllTextAsync(_files.Authority)])
        {
            foreach (string scheme in (string[])["", "https://"])
            {
                await using var client = await VsgGymClient.ConnectAsync(scheme + Tcp(_open!), new() { Tls = new() { Authority = authority } });
                await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 3, Seed = 0 });
                Assert.Equal(env.StepBytes, (await env.ResetAsync()).Data.Length);
            }
        }
    }

    [Fact]
    public async Task Connect_WithoutTheAuthority_NamesTlsStage()
    {
        foreach (var tls in (ClientTls?[])[null, new(), new() { Authority = _files.ClientCertificate }])
        {
            var error = await Assert.ThrowsAsync<UnavailableException>(() => VsgGymClient.ConnectAsync("https://" + Tcp(_open!), new() { Tls = tls }));
            Assert.Contains("stage: TLS", error.Message, StringComparison.Ordinal);
            Assert.Contains("ClientTls.Authority", Faulty.Check(error, "address", Tcp(_open!)).Rule, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ServerName_IsWhatTheCertificateMustCarry()
    {
        await using var client = await VsgGymClient.ConnectAsync(Tcp(_open!), new() { Tls = new() { Authority = _files.Authority, ServerName = "games.example" } });
        var other = new ClientOptions { Tls = new() { Authority = _files.Authority, ServerName = "other.example" } };
        var error = await Assert.ThrowsAsync<UnavailableException>(() => VsgGymClient.ConnectAsync(Tcp(_open!), other));
        Assert.Contains("stage: TLS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WithAClientCertificate_PassesWhereItIsWanted()
    {
        var tls = new ClientTls { Authority = _files.Authority, Certificate = _files.ClientCertificate, Key = _files.ClientKey };
        await using var client = await VsgGymClient.ConnectAsync(Tcp(_closed!), new() { Tls = tls });
        Assert.NotEmpty(await client.GamesAsync());
        await Faulty.ThrowsAsync<UnavailableException>(() => VsgGymClient.ConnectAsync(Tcp(_closed!), new() { Tls = tls with { Certificate = null, Key = null } }), "address", Tcp(_closed!));
    }

    [Fact]
    public async Task Connect_WithoutEncryption_IsRefused() =>
        await Faulty.ThrowsAsync<UnavailableException>(() => VsgGymClient.ConnectAsync("http://" + Tcp(_open!)), "address", Tcp(_open!));

    [Fact]
    public async Task Tls_WithBadFiles_NamesThem()
    {
        string missing = Path.Combine(Path.GetDirectoryName(_files.Authority)!, "missing.pem"), empty = _files.Write("empty.pem", "nothing");
        var good = new ClientTls { Authority = _files.Authority, Certificate = _files.ClientCertificate, Key = _files.ClientKey };
        var cases = new (ClientTls, string, string, string)[]
        {
            (good with { Authority = missing }, "tls.authority", missing, "file_not_found"),
            (good with { Authority = empty }, "tls.authority", empty, "malformed_pem"),
            (good with { Certificate = null }, "tls.certificate", "", "missing"),
            (good with { Key = null }, "tls.key", "", "missing"),
            (good with { Key = missing }, "tls.key", missing, "file_not_found"),
            (good with { Key = _files.ServerKey }, "tls.key", _files.ServerKey, "malformed_pem"),
        };
        foreach (var (tls, path, value, reason) in cases)
            Assert.Equal(reason, (await Faulty.ThrowsAsync<InvalidArgumentException>(() => VsgGymClient.ConnectAsync(Tcp(_open!), new() { Tls = tls }), path, value)).Reason);

        await Faulty.ThrowsAsync<InvalidArgumentException>(() => VsgGymClient.ConnectAsync("http://" + Tcp(_open!), new() { Tls = good }), "address", "http://");
    }

    private static string Tcp(ServerHost host)
    {
        string address = host.Addresses[0];
        return address[(address.LastIndexOf('/') + 1)..];
    }

    private Task<ServerHost> StartAsync(string? clientAuthority) => ServerHost.StartAsync(ServerFixture.Quiet() with
    {
        Listen = [ListenAddress.Loopback(0)],
        Tls = new TlsOptions(_files.ServerCertificate, _files.ServerKey, clientAuthority),
    });
}
