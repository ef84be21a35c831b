using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Hosting;

public sealed class ServerHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_OnPortZero_TellsThePortTaken()
    {
        await using var host = await Hosts.StartAsync();
        Assert.NotEqual(0, IPEndPoint.Parse(Assert.Single(host.Addresses)).Port);
        using var channel = Hosts.Open(host);
        Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);
    }

    [Fact]
    public void Process_KeepsThreadsForCallsBesideThoseThatMakeLargeGames()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "VsgGym.Server.runtimeconfig.json")));
        var properties = json.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.True(properties.GetProperty("System.Threading.ThreadPool.MinThreads").GetInt32() >= 32);
    }

    [Fact]
    public async Task Start_OnTwoAddresses_AnswersOnBothInTheirOrder()
    {
        string path = _folder["x.sock"];
        await using var host = await ServerHost.StartAsync(Hosts.Quiet with { Listen = [ListenAddress.Unix(path), ListenAddress.Loopback(0)] });
        Assert.Equal($"unix:{path}", host.Addresses[0]);
        foreach (string address in host.Addresses)
        {
            using var channel = Hosts.Open(address);
            Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);
        }
    }

    [Fact]
    public async Task AddressFile_LivesAsLongAsTheServer()
    {
        string file = _folder["address.json"], socket = _folder["x.sock"];
        var options = Hosts.Quiet with { AddressFile = file, Listen = [ListenAddress.Loopback(0), ListenAddress.Unix(socket)] };
        await using (var host = await ServerHost.StartAsync(options))
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            Assert.Equal(host.Addresses[0], json.RootElement.GetProperty("address").GetString());
            Assert.Equal(host.Addresses, json.RootElement.GetProperty("addresses").EnumerateArray().Select(a => a.GetString()!));
            Assert.Equal(System.Environment.ProcessId, json.RootElement.GetProperty("pid").GetInt32());
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("token").ValueKind);
            Assert.Equal("1.0", json.RootElement.GetProperty("protocol").GetString());
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task AddressFile_OfAnotherServer_IsLeftAlone()
    {
        string file = _folder["address.json"];
        await using (await ServerHost.StartAsync(Hosts.Quiet with { AddressFile = file })) await File.WriteAllTextAsync(file, "another's");
        Assert.Equal("another's", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task AddressFile_InAMissingFolder_StopsTheStart()
    {
        var error = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(Hosts.Quiet with { AddressFile = _folder["missing/a.json"] }));
        Assert.Contains("--address-file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressFile_ThatCannotBeRead_DoesNotKeepTheServerFromDraining()
    {
        string file = _folder["address.json"];
        var host = await ServerHost.StartAsync(Hosts.Quiet with { AddressFile = file });
        using var channel = Hosts.Open(host);
        await using (File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) await host.DisposeAsync();
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => Hosts.ShakeHandsAsync(channel));
    }

    [Fact]
    public void AddressFile_ThatCannotBeRead_IsLogged()
    {
        string path = _folder["address.json"];
        var (file, logger) = (new AddressFile(path), new RecordingLogger());
        file.Write(["127.0.0.1:1"], token: null);
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) file.Remove(logger);
        var (level, id, text, _) = Assert.Single(logger.Entries);
        Assert.Equal((Microsoft.Extensions.Logging.LogLevel.Warning, 105), (level, id.Id));
        Assert.Contains(path, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressFile_ThatCannotBeMovedIntoPlace_LeavesNoCopyOfTheToken()
    {
        string folder = _folder["address.json"];
        Directory.CreateDirectory(Path.Combine(folder, "full"));
        await File.WriteAllTextAsync(_folder["token"], "secret\n");
        await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(Hosts.Quiet with { AddressFile = folder, TokenFile = _folder["token"] }));
        Assert.Equal([folder, _folder["token"]], Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_OverTheSocketOfADeadProcess_TakesIt()
    {
        string path = _folder["x.sock"];
        LeaveSocket(path);
        await using var host = await ServerHost.StartAsync(Hosts.Quiet with { Listen = [ListenAddress.Unix(path)] });
        using var channel = Hosts.Open(host);
        Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);
    }

    [Fact]
    public async Task Start_OverTheSocketOfALiveProcess_IsRefused()
    {
        var options = Hosts.Quiet with { Listen = [ListenAddress.Unix(_folder["x.sock"])] };
        await using var first = await ServerHost.StartAsync(options);
        var error = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(options));
        Assert.Equal(1, error.ExitCode);
        Assert.Contains("x.sock is in use by a running process", error.Message, StringComparison.Ordinal);
        using var channel = Hosts.Open(first);
        Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);
    }

    [Fact]
    public async Task Start_OverAPlainFile_IsRefusedAndTheFileKept()
    {
        string path = _folder["notes.txt"];
        await File.WriteAllTextAsync(path, "notes");
        var error = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(Hosts.Quiet with { Listen = [ListenAddress.Unix(path)] }));
        Assert.Contains("no socket lies there", error.Message, StringComparison.Ordinal);
        Assert.Equal("notes", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Start_OnATakenPort_IsRefusedInOneLine()
    {
        await using var first = await Hosts.StartAsync();
        var error = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(Hosts.Quiet with { Listen = [ListenAddress.Parse(first.Addresses[0])] }));
        Assert.Equal(1, error.ExitCode);
        Assert.Contains(first.Addresses[0], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Start_WhereOthersCanReachIt_NeedsATokenOrMutualTls()
    {
        var open = Hosts.Quiet with { Listen = [ListenAddress.Parse("0.0.0.0:0")] };
        var error = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(open));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains("--listen 0.0.0.0:0 can be reached from other machines", error.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder["token"], "secret\n");
        await using var host = await ServerHost.StartAsync(open with { TokenFile = _folder["token"] });
        Assert.Single(host.Addresses);
    }

    private static void LeaveSocket(string path)
    {
        using var child = System.Diagnostics.Process.Start("python3", ["-c", $"import socket; socket.socket(socket.AF_UNIX).bind({JsonSerializer.Serialize(path)})"]);
        child.WaitForExit();
        Assert.True(Path.Exists(path));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Assert.Throws<SocketException>(() => socket.Connect(new UnixDomainSocketEndPoint(path)));
    }
}
