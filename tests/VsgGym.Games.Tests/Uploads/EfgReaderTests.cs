using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>Texts written for these tests after the description of Gambit's extensive game format; their normal forms are worked out by hand.</summary>
public sealed class EfgReaderTests
{
    private const string Entry = """
        EFG 2 R "Entry, \"in\" or out" { "Entrant" "Incumbent" }
        "A comment."

        p "" 1 1 "enter?" { "Out" "In" } 0
        t "" 1 "stayed out" { 0, 2 }
        p "" 2 1 "react" { "Fight" "Share" } 0
        t "" 2 "war" { -1, -1 }
        t "" 3 "peace" { 1 1 }
        """;

    private const string Pennies = """
        EFG 2 R "Pennies" { "even" "odd" }
        p "" 1 1 { "heads" "tails" } 0
        p "" 2 1 { "heads" "tails" } 0
        t "" 1 "same" { 1 -1 }
        t "" 2 "different" { -1 1 }
        p "" 2 1 0
        t "" 2
        t "" 1
        """;

    // A card is high or low; the first player, who sees it, raises or folds; the second, who does not, meets or passes.
    private const string Card = """
        EFG 2 R "Card" { "first" "second" }
        c "deal" 1 "" { "high" 1/2 "low" 0.5 } 0
        p "" 1 1 "" { "Raise" "Fold" } 0
        p "" 2 1 "" { "Meet" "Pass" } 0
        t "" 1 "" { 2 -2 }
        t "" 2 "" { 1 -1 }
        t "" 2
        p "" 1 2 "" { "raise" "fold" } 0
        p "" 2 1 "" 0
        t "" 3 "" { -2 2 }
        t "" 2
        t "" 4 "" { -1 1 }
        """;

    [Fact]
    public void PerfectInformation_BecomesItsNormalForm()
    {
        var game = UploadedGame.FromEfg(Entry);
        Assert.Equal([0, 0, -1, 1], game.Table.Rewards(0));
        Assert.Equal([2, 2, -1, 1], game.Table.Rewards(1));
        Assert.Equal("Entrant Incumbent", string.Join(' ', game.Table.Players));
        Assert.Equal("Out In Fight Share", string.Join(' ', game.Table.ActionLabels.SelectMany(labels => labels)));
        Assert.Equal((1, 1, "Entry, \"in\" or out"), (game.Table.StateCount, game.Table.Horizon, game.Title));
    }

    [Fact]
    public void InformationSets_MakeMovesSimultaneous()
    {
        var table = UploadedGame.FromEfg(Pennies).Table;
        Assert.Equal([1, -1, -1, 1], table.Rewards(0));
        Assert.Equal([-1, 1, 1, -1], table.Rewards(1));
    }

    [Fact]
    public void ChanceMoves_AreAveragedOver()
    {
        var table = UploadedGame.FromEfg(Card).Table;
        Assert.Equal("Raise/raise Raise/fold Fold/raise Fold/fold", string.Join(' ', table.ActionLabels[0]));
        Assert.Equal([0, 1, 0.5, 0, -0.5, 1, 0, 0], table.Rewards(0));
        Assert.Equal([0, -1, -0.5, 0, 0.5, -1, 0, 0], table.Rewards(1));
    }

    [Fact]
    public void OutcomesAlongAPath_AddUp()
    {
        var table = UploadedGame.FromEfg("""
            EFG 2 R "" { "a" "b" "c" }
            p "" 1 1 "" { "stop" "go" } 1 "ante" { -1 -1 -1 }
            t "" 2 "" { 5 0 0 }
            p "" 3 7 "" { "x" "y" } 3 "toll" { 0 0 -1/2 }
            t "" 0
            t "" 1
            """).Table;
        // b never moves and has one strategy; columns are c's x and y.
        Assert.Equal([2, 1, 2], table.ActionCounts.ToArray());
        Assert.Equal([4, 4, -1, -2], table.Rewards(0));
        Assert.Equal([-1, -1, -1, -2], table.Rewards(1));
        Assert.Equal([-1, -1, -1.5, -2.5], table.Rewards(2));
        Assert.Equal("strategy 1", Assert.Single(table.ActionLabels[1]));
    }

    [Fact]
    public void StrategiesThatDifferWhereTheyNeverCome_AreOne()
    {
        var table = UploadedGame.FromEfg("""
            EFG 2 R "centipede" { "a" "b" }
            p "" 1 1 "" { "Take" "Pass" } 0
            t "" 1 "" { 1 0 }
            p "" 2 1 "" { "take" "pass" } 0
            t "" 2 "" { 0 2 }
            p "" 1 2 "" { "Take" "Pass" } 0
            t "" 3 "" { 3 1 }
            t "" 4 "" { 2 4 }
            """).Table;
        Assert.Equal("Take Pass/Take Pass/Pass", string.Join(' ', table.ActionLabels[0]));
        Assert.Equal([1, 1, 0, 3, 0, 2], table.Rewards(0));
        Assert.Equal([0, 0, 2, 1, 2, 4], table.Rewards(1));
    }

    [Fact]
    public void SetMetTwiceOnAPath_PlaysTheSameAction()
    {
        var table = UploadedGame.FromEfg("EFG 2 R \"\" { \"driver\" } p \"\" 1 1 { \"exit\" \"on\" } 0 t \"\" 1 { 0 } p \"\" 1 1 0 t \"\" 2 { 4 } t \"\" 3 { 1 }").Table;
        Assert.Equal([0, 1], table.Rewards(0));
    }

    [Fact]
    public void ARootThatEnds_IsOneProfile() =>
        Assert.Equal([7.5], UploadedGame.FromEfg("EFG 2 D \"\" { \"a\" } t \"\" 1 { 7.5 }").Table.Rewards(0));

    [Fact]
    public void EveryTruncation_IsRefusedOrWhole()
    {
        string text = Card.TrimEnd();
        for (int length = 0; length < text.Length - 1; length++)
            Assert.Throws<VsgGymException>(() => UploadedGame.FromEfg(text[..length]));
    }

    [Fact]
    public void ALongPath_IsWalkedWithoutRecursion()
    {
        string chain = string.Concat(Enumerable.Range(1, 30000).Select(set => $"p \"\" 1 {set} {{ \"on\" }} 0\n"));
        Assert.Equal([1], UploadedGame.FromEfg($"EFG 2 R \"\" {{ \"a\" }}\n{chain}t \"\" 1 {{ 1 }}").Table.Rewards(0));
    }

    [Fact]
    public void TooManyStrategies_AreRefusedWithTheLimit()
    {
        // Twenty sets of two actions, all reachable: 2^20 strategies of a tree of 61 nodes.
        string actions = string.Concat(Enumerable.Range(0, 20).Select(a => $"\"{a}\" 1/20 "));
        string sets = string.Concat(Enumerable.Range(1, 20).Select(set => $"p \"\" 1 {set} {{ \"l\" \"r\" }} 0 t \"\" 0 t \"\" 0\n"));
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromEfg($"EFG 2 R \"\" {{ \"a\" \"b\" }} c \"\" 1 {{ {actions}}} 0 {sets}"));
        Assert.Equal((ErrorKind.ResourceExhausted, "efg", "game_too_large"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
        Assert.Contains("1048576 payoffs", error.Message, StringComparison.Ordinal);
        Assert.Contains("player a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooManyNodes_AreRefusedWhereTheyBegin()
    {
        string chain = string.Concat(Enumerable.Range(1, 70000).Select(set => $"p \"\" 1 {set} {{ \"on\" }} 0\n"));
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromEfg($"EFG 2 R \"\" {{ \"a\" }}\n{chain}t \"\" 0"));
        Assert.Equal((ErrorKind.ResourceExhausted, "efg[line 65538, column 1]"), (error.Kind, error.Faults[0].Path));
        Assert.Contains("at most 65536 nodes", error.Message, StringComparison.Ordinal);
    }
}
