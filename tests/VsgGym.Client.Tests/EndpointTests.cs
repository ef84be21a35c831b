using VsgGym.Server.Hosting;

namespace VsgGym.Client.Tests;

/// <summary>Where a client looks for its server and token.</summary>
public sealed class EndpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vsggym-endpoint-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Resolve_PrefersArgumentsThenVariablesThenTheFile()
    {
        string file = Write("""{"address": "127.0.0.1:7", "token": "of-file"}""");
        var all = new Dictionary<string, string> { ["VSGGYM_ADDRESS"] = "127.0.0.1:6", ["VSGGYM_TOKEN"] = "of-variable", ["VSGGYM_ADDRESS_FILE"] = file };
        Assert.Equal(new Endpoint("127.0.0.1:5", "given"), Resolve("127.0.0.1:5", "given", all));
        Assert.Equal(new Endpoint("127.0.0.1:6", "of-variable"), Resolve(null, null, all));
        all["VSGGYM_ADDRESS"] = string.Empty; // as good as unset
        Assert.Equal(new Endpoint("127.0.0.1:7", "of-variable"), Resolve(null, null, all));
        all.Remove("VSGGYM_TOKEN");
        Assert.Equal(new Endpoint("127.0.0.1:7", "of-file"), Resolve(null, null, all));
        Assert.Equal(new Endpoint("127.0.0.1:7", "given"), Resolve(null, "given", all));
        Assert.Equal(new Endpoint("127.0.0.1:5", null), Resolve("127.0.0.1:5", null, all)); // the file's token is for the file's server
        Assert.Equal(new Endpoint("127.0.0.1:50051", null), Resolve(null, null, []));
    }

    [Fact]
    public void Resolve_WithoutTheFile_NamesIt()
    {
        string missing = Path.Combine(_folder.FullName, "missing.json");
        var error = Assert.Throws<UnavailableException>(() => Resolve(null, null, new() { ["VSGGYM_ADDRESS_FILE"] = missing }));
        Assert.Equal("file_not_found", Faulty.Check(error, "VSGGYM_ADDRESS_FILE", missing).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"address": null}""")]
    [InlineData("""{"address": 7}""")]
    public void Resolve_OfAMalformedFile_NamesIt(string text)
    {
        string file = Write(text);
        var error = Assert.Throws<InvalidArgumentException>(() => Resolve(null, null, new() { ["VSGGYM_ADDRESS_FILE"] = file }));
        Assert.Equal("malformed_address_file", Faulty.Check(error, "VSGGYM_ADDRESS_FILE", file).Reason);
    }

    [Fact]
    public async Task Server_WithAToken_TakesOnlyCallsThatBringIt()
    {
        string secret = Path.Combine(_folder.FullName, "token"), file = Path.Combine(_folder.FullName, "address.json");
        await File.WriteAllTextAsync(secret, "open-sesame\n");
        await using var host = await ServerHost.StartAsync(ServerFixture.Quiet() with { TokenFile = secret, AddressFile = file });
        var found = Resolve(null, null, new() { ["VSGGYM_ADDRESS_FILE"] = file });
        Assert.Equal("open-sesame", found.Token);
        await using var client = await VsgGymClient.ConnectAsync(found.Address, new() { Token = found.Token });
        await using var env = await client.MakeAsync("climbing-v0", new() { Seed = 0 });
        await env.ResetAsync();
        foreach (string? wrong in (string?[])[null, "open-barley"])
        {
            var error = await Assert.ThrowsAsync<UnauthenticatedException>(() => VsgGymClient.ConnectAsync(found.Address, new() { Token = wrong }));
            Assert.Equal(("metadata.authorization", "unauthenticated"), (error.Faults[0].Path, error.Faults[0].Reason));
            Assert.Contains("the server's token", error.Faults[0].Rule, StringComparison.Ordinal);
        }
    }

    private static Endpoint Resolve(string? address, string? token, Dictionary<string, string> variables) => Endpoint.Resolve(address, token, variables.GetValueOrDefault);

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, "address.json");
        File.WriteAllText(path, text);
        return path;
    }
}
