using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Tests.Sessions;

public sealed class RecentGamesTests
{
    private readonly RecentGames _games = new();
    private int _built;

    [Fact]
    public void SameGame_IsBuiltOnce_AndFourAreKept()
    {
        var first = Get("a");
        Assert.Same(first, Get("a"));
        Assert.NotSame(first, Get("a", """{"horizon":2}"""));
        Get("b");
        Assert.Same(first, Get("a")); // used again, so the latest
        Get("c");
        Get("d");
        Assert.Same(first, Get("a"));
        foreach (string id in (string[])["e", "f", "g", "h"]) Get(id);
        Assert.NotSame(first, Get("a"));
        Assert.Equal(10, _built);
    }

    [Fact]
    public void FaultyGame_IsTheCallersFault_AndIsNotKept()
    {
        Assert.Throws<VsgGymException>(() => _games.GetOrBuild("a", "{}", () => throw VsgGymException.Invalid("options", "{}", "is wrong")));
        Get("a");
        Assert.Equal(1, _built);
    }

    private Game Get(string id, string options = "{}") => _games.GetOrBuild(id, options, () =>
    {
        _built++;
        return new MatchingPennies(new MatchingPennies.Options());
    });
}
