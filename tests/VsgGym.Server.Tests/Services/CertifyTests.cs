using VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests.Services;

/// <summary>A caller's profile, measured or refused.</summary>
public sealed class CertifyTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Certify_MeasuresACallersProfile()
    {
        var request = new CertifyRequest { Game = new GameSpec { Id = "climbing-v0" } };
        request.Policies.Add(new PlayerPolicy { Player = "player_1", Policy = Requests.Tensor([0, 0, 1], 1, 3) });
        request.Policies.Add(new PlayerPolicy { Player = "player_0", Policy = Requests.Tensor([0, 0, 1], 1, 3) });
        var certificate = await _server.Solver().CertifyAsync(request);
        // Climbing game (Claus and Boutilier 1998): against C the best reply is B, which pays 6 instead of 5 to the row player only.
        Assert.Equal(1, certificate.Gap, 1e-12);
        Assert.Equal([1.0, 0.0], certificate.Players.Select(p => Math.Round(p.Gap, 12)));
        Assert.Equal([5.0, 5.0], certificate.Players.Select(p => p.Value));
    }

    [Fact]
    public async Task Certify_OfAJointPolicy_MeasuresItsMarginalsForNash()
    {
        var request = new CertifyRequest { Game = new GameSpec { Id = "chicken-v0" }, JointPolicy = Requests.Tensor([.5, .25, .25, 0], 1, 2, 2), Concept = "nash" };
        var certificate = await _server.Solver().CertifyAsync(request);
        // Chicken ((6,6),(2,7),(7,2),(0,0)): both play (3/4, 1/4); value 9/16*6 + 3/16*2 + 3/16*7 = 81/16, best reply 3/4*7 = 84/16.
        Assert.Equal([81 / 16.0, 81 / 16.0], certificate.Players.Select(p => p.Value));
        Assert.Equal(6 / 16.0, certificate.Gap, 1e-12);
    }

    [Fact]
    public async Task Certify_WithoutAConcept_TakesTheUsualOneOfTheGame()
    {
        var request = new CertifyRequest { Game = new GameSpec { Id = "mf_left_right-v0" } };
        request.Policies.Add(new PlayerPolicy { Player = "population", Policy = Requests.Tensor([.5, .5, .5, .5, .5, .5], 3, 2) });
        var certificate = await _server.Solver().CertifyAsync(request);
        Assert.Equal("mean_field_nash", certificate.Concept);
        Assert.Equal((.25, -.75), (certificate.Gap, Assert.Single(certificate.Players).Value)); // Cui and Koeppl 2021's game, uniform play
    }

    [Fact]
    public async Task BadProfile_ReportsEveryFault()
    {
        var request = new CertifyRequest { Game = new GameSpec { Id = "climbing-v0" } };
        request.Policies.Add(new PlayerPolicy { Player = "player_0", Policy = Requests.Tensor([0.5, 0.2, 0.2], 1, 3) });
        request.Policies.Add(new PlayerPolicy { Player = "player_0", Policy = Requests.Tensor([1, 0, 0], 1, 3) });
        request.Policies.Add(new PlayerPolicy { Player = "player_9" });
        var error = await TestServer.ErrorOfAsync(async () => await _server.Solver().CertifyAsync(request));
        Assert.Equal(["policies.player_0[0, 0]", "policies.player_0", "policies.player_9", "policies.player_1"], error.Faults.Select(f => f.Path));
        Assert.Equal(["bad_sum", "duplicate", "unknown_player", "missing"], error.Faults.Select(f => f.Reason));
    }

    [Fact]
    public async Task ProfileOfTheWrongShape_NamesThePlayer()
    {
        var request = new CertifyRequest { Game = new GameSpec { Id = "climbing-v0" } };
        foreach (string player in (string[])["player_0", "player_1"])
            request.Policies.Add(new PlayerPolicy { Player = player, Policy = Requests.Tensor([0.5, 0.5], 1, 2) });
        var error = await TestServer.ErrorOfAsync(async () => await _server.Solver().CertifyAsync(request));
        Assert.Equal(["policies.player_0", "policies.player_1"], error.Faults.Select(f => f.Path));
    }
}
