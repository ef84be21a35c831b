namespace VsgGym.Client.Tests;

public sealed class TransportTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("pursuit-v0", AutoresetMode.NextStep)]
    [InlineData("pursuit-v0", AutoresetMode.SameStep)]
    [InlineData("rock_paper_scissors-v0", AutoresetMode.NextStep)]
    [InlineData("differential-v0", AutoresetMode.SameStep)]
    public async Task Trajectories_OverEveryTransport_AreBitwiseEqual(string game, AutoresetMode autoreset)
    {
        var hashes = new List<string>();
        foreach (string address in (string[])[server.Tcp, server.Unix])
        {
            await using var client = await VsgGymClient.ConnectAsync(address);
            foreach (var transport in Enum.GetValues<EnvironmentTransport>())
            {
                await using var env = await client.MakeAsync(game, new() { NumEnvs = 7, Seed = 1, Autoreset = autoreset, Transport = transport });
                hashes.Add(await Rollout.HashAsync(env, 50));
            }
        }

        Assert.Equal(4, hashes.Count);
        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public async Task Connection_OfManyStreams_CarriesMoreThanAHundred()
    {
        await using var client = await server.ConnectAsync();
        var envs = await Task.WhenAll(Enumerable.Range(0, 150).Select(k => client.MakeAsync("climbing-v0", new() { Seed = (ulong)k })));
        foreach (var env in envs) await env.ResetAsync();
        foreach (var env in envs) await env.DisposeAsync();
    }

    [Fact]
    public async Task Message_OfManyMegabytes_Arrives()
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 65536, Seed = 1 });
        var step = await env.ResetAsync();
        Assert.Equal(env.StepBytes, step.Data.Length);
        env.Actions("hunter").Clear();
        env.Actions("prey").Clear();
        step = await env.StepAsync();
        Assert.Equal(65536, step.Rewards("prey").Length);
    }
}
