using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Tests.Sessions;

public sealed class EnvironmentRegistryTests : IDisposable
{
    private static readonly ServerLimits Limits = new() { MaxEnvironments = 2, Idle = TimeSpan.FromSeconds(100), Orphan = TimeSpan.FromSeconds(10) };

    private readonly ManualClock _clock = new();
    private readonly HashSet<string> _connections = ["a", "b"];
    private readonly EnvironmentRegistry _registry;

    public EnvironmentRegistryTests() => _registry = new EnvironmentRegistry(Limits, _clock, _connections.Contains);

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Ids_AreLongAndNeverTheSame()
    {
        string first = Add("a").Id, second = Add("a").Id;
        Assert.NotEqual(first, second);
        Assert.True(first.Length >= 32);
    }

    [Fact]
    public void FullServer_RefusesWithARetryTimeAndTakesAgainAfterClose()
    {
        string id = Add("a").Id;
        var streamed = _registry.AddStreamed(Make);
        var error = Assert.Throws<CapacityException>(() => Add("a"));
        Assert.Equal(ErrorKind.ResourceExhausted, error.Kind);
        Assert.Equal("2", error.Faults[0].Value);
        Assert.True(WireErrors.From(error).RetryAfterMs > 0);
        _registry.Close(id);
        _registry.CloseStreamed(streamed);
        Assert.Equal(0, _registry.Count);
        Add("a");
    }

    [Fact]
    public void FailedMake_TakesNoPlace()
    {
        for (int i = 0; i < 5; i++)
            Assert.Throws<VsgGymException>(() => _registry.Add("a", id => EnvironmentSession.Make(id, Requests.Make("no-such-game-v0"), Requests.Games, Requests.Occupants, Limits)));
        Assert.Equal(0, _registry.Count);
    }

    [Fact]
    public void UnknownId_IsNotFound()
    {
        var fault = Requests.FaultOf(ErrorKind.NotFound, () => _registry.Use("env-guess", "a", "step"));
        Assert.Equal(("environment_id", "env-guess"), (fault.Path, fault.Value));
        Assert.Equal("environment_id", Requests.FaultOf(ErrorKind.InvalidArgument, () => _registry.Use(string.Empty, "a", "step")).Path);
    }

    [Fact]
    public void StepAfterClose_SaysSo()
    {
        var session = Add("a");
        _registry.Close(session.Id);
        var fault = Requests.FaultOf(ErrorKind.FailedPrecondition, () => _registry.Use(session.Id, "a", "step"));
        Assert.Equal("after_close", fault.Reason);
        Assert.Contains("step after close", fault.Rule, StringComparison.Ordinal);
        Requests.FaultOf(ErrorKind.FailedPrecondition, () => session.Step(Requests.Step(0, 0)));
    }

    [Fact]
    public void CloseTwice_ChangesNothing()
    {
        string id = Add("a").Id;
        _registry.Close(id);
        _registry.Close(id);
        Assert.Equal(0, _registry.Count);
    }

    [Fact]
    public void IdleEnvironment_IsClosedAndSaysWhy()
    {
        string idle = Add("a").Id, used = Add("a").Id;
        _clock.Advance(TimeSpan.FromSeconds(60));
        _registry.Use(used, "a", "step");
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, _registry.Reap());
        Assert.Equal(1, _registry.Count);
        _registry.Use(used, "a", "step");
        Assert.Contains("unused for 100 s", Requests.FaultOf(ErrorKind.FailedPrecondition, () => _registry.Use(idle, "a", "step")).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Orphan_IsClosedAfterTheGrace()
    {
        string id = Add("a").Id;
        _connections.Remove("a");
        Assert.Equal(0, _registry.Reap());
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, _registry.Reap());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _registry.Reap());
        Assert.Equal(0, _registry.Count);
        Requests.FaultOf(ErrorKind.FailedPrecondition, () => _registry.Use(id, "b", "step"));
    }

    [Fact]
    public void Orphan_IsAdoptedByAnotherConnection()
    {
        string id = Add("a").Id;
        _connections.Remove("a");
        _registry.Reap();
        _clock.Advance(TimeSpan.FromSeconds(9));
        _registry.Use(id, "b", "step");
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _registry.Reap());
    }

    [Fact]
    public void OneOfTwoConnectionsClosed_IsNoOrphan()
    {
        string id = Add("a").Id;
        _registry.Use(id, "b", "step");
        _connections.Remove("b");
        _registry.Reap();
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _registry.Reap());
    }

    private static EnvironmentSession Make(string id) => EnvironmentSession.Make(id, Requests.Make("climbing-v0"), Requests.Games, Requests.Occupants, Limits);

    private EnvironmentSession Add(string connection) => _registry.Add(connection, Make);
}
