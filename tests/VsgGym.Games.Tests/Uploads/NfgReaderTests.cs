using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>Texts written for these tests after the description of Gambit's strategic game format.</summary>
public sealed class NfgReaderTests
{
    private const string Outcomes = """
        NFG 1 R "Chicken, with \"quotes\"" { "Ann" "Bob" }

        { { "swerve" "straight" }
        { "swerve" "straight" }
        }
        "A comment."

        {
        { "both swerve" 0, 0 }
        { "Bob wins" -1 1 }
        { "Ann wins" 1, -1 }
        { "" -10, -10.5 }
        }
        1 3 2 4
        """;

    [Fact]
    public void PayoffVersion_ReadsCellsWithTheFirstPlayerFastest()
    {
        var game = UploadedGame.FromNfg("NFG 1 R \"a 2 by 3\" { \"Ann\" \"Bob\" } { 2 3 }\n\n1 -1 2 -2 3 -3 4 -4 5 -5 6 -6");
        // The file's cells are (1,1), (2,1), (1,2), (2,2), (1,3), (2,3); rows of the table are Ann's.
        Assert.Equal([1, 3, 5, 2, 4, 6], game.Table.Rewards(0));
        Assert.Equal([-1, -3, -5, -2, -4, -6], game.Table.Rewards(1));
        Assert.Equal("Ann Bob", string.Join(' ', game.Table.Players));
        Assert.Equal((1, 1, "a 2 by 3"), (game.Table.StateCount, game.Table.Horizon, game.Title));
    }

    [Fact]
    public void OutcomeVersion_ReadsNamesAndOutcomes()
    {
        var game = UploadedGame.FromNfg(Outcomes);
        Assert.Equal([0, -1, 1, -10], game.Table.Rewards(0));
        Assert.Equal([0, 1, -1, -10.5], game.Table.Rewards(1));
        Assert.Equal("swerve straight", string.Join(' ', game.Table.ActionLabels[1]));
        Assert.Equal("Chicken, with \"quotes\"", game.Title);
    }

    [Fact]
    public void OutcomeZero_PaysNothing()
    {
        var game = UploadedGame.FromNfg("NFG 1 R \"\" { \"a\" } { { \"x\" \"y\" } } { { \"\" 5 } } 0 1");
        Assert.Equal([0, 5], game.Table.Rewards(0));
    }

    [Fact]
    public void ThreePlayers_AreReordered()
    {
        // Cell k of the file holds k for player 1; strategies (i, j, l) stand at k = i + 2 j + 6 l for 2 x 3 x 2.
        string cells = string.Join('\n', Enumerable.Range(0, 12).Select(k => $"{k} 0 {-k}"));
        var table = UploadedGame.FromNfg($"NFG 1 R \"3\" {{ \"a\" \"b\" \"c\" }} {{ 2 3 2 }} {cells}").Table;
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++)
                for (int l = 0; l < 2; l++)
                    Assert.Equal(i + (2 * j) + (6 * l), table.Rewards(0)[table.JointAction([i, j, l])]);
        Assert.Equal(-11, table.Rewards(2)[11]);
    }

    [Theory]
    [InlineData("1/3", 1.0 / 3)]
    [InlineData("-3/4", -0.75)]
    [InlineData("2.5e-3", 0.0025)]
    [InlineData("1E2", 100)]
    [InlineData(".5", 0.5)]
    [InlineData("+7", 7)]
    [InlineData("-0.125", -0.125)]
    public void Numbers_MayBeRationalDecimalOrWithExponent(string number, double expected) =>
        Assert.Equal(expected, UploadedGame.FromNfg($"NFG 1 R \"\" {{ \"a\" }} {{ 1 }} {number}").Table.Rewards(0)[0]);

    [Fact]
    public void BlankPlayerNames_GetDefaults() =>
        Assert.Equal("player_0 player_1", string.Join(' ', UploadedGame.FromNfg("NFG 1 D \"\" { \"\" \"\" } { 1 1 } \"\" 1 2").Table.Players));

    [Theory]
    [InlineData("", 1, 1, "the word NFG")]
    [InlineData("EFG 2 R \"\"", 1, 1, "the word NFG")]
    [InlineData("NFG 2 R \"\"", 1, 5, "the format version 1")]
    [InlineData("NFG 1 X \"\"", 1, 7, "the number type R or D")]
    [InlineData("NFG 1 R title", 1, 9, "the game's title in quotes")]
    [InlineData("NFG 1 R \"never closed\n{ 2 2 }", 1, 9, "a closing \"")]
    [InlineData("NFG 1 R \"t\"\n\"a\" \"b\" }", 2, 1, "{ before the players' names")]
    [InlineData("NFG 1 R \"t\"\n{ }", 2, 3, "at least one player's name")]
    [InlineData("NFG 1 R \"t\"\n{ \"a\" b }", 2, 7, "a player's name in quotes, or }")]
    [InlineData("NFG 1 R \"t\"\n{ \"a\"\n\"a\" }", 3, 1, "a name that no other player has")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" }\n2 2 }", 2, 1, "{ before the players' strategies")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" }\n{ 2 0 }", 2, 5, "a number of strategies, at least 1")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" }\n{ 2 2.5 }", 2, 5, "a number of strategies, at least 1")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" }\n{ 2 }", 2, 5, "the strategies of player 2 of 2")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" }\n{ 2 2 2 }", 2, 7, "} after the strategies of 2 players")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ { } }", 2, 5, "at least one strategy's name")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ { \"x\" 2 } }", 2, 9, "a strategy's name in quotes, or }")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" }\n{ 2 1 }\n1 2\n3", 4, 2, "a payoff (4 of 4)")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n1 two", 3, 3, "a payoff (2 of 2)")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n1 NaN", 3, 3, "a payoff (2 of 2)")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n1 1e999", 3, 3, "that a 64-bit number can hold")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n1 2/0", 3, 3, "a denominator other than 0")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n1, 2", 3, 2, "a payoff (2 of 2)")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n1 2\n\n3", 5, 1, "the end of the text after 2 joint actions")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 1 }\n{ \"\" 1 }", 3, 3, "{ before an outcome")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 1 }\n{ { 1 } }", 3, 5, "the outcome's name in quotes")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" }\n{ 1 1 }\n{ { \"\" 1 } }", 3, 10, "payoff 2 of 2 of outcome 1")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 1 }\n{ { \"\" 1, 2 } }", 3, 9, "} after the 1 payoffs of outcome 1")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n{ { \"\" 1 } }\n1 2", 4, 3, "a number from 0 to 1")]
    [InlineData("NFG 1 R \"t\" { \"a\" }\n{ 2 }\n{ { \"\" 1 } }\n1", 4, 2, "the outcome of joint action 2 of 2")]
    public void MalformedText_NamesLineColumnAndWhatIsExpected(string text, int line, int column, string expected)
    {
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromNfg(text));
        var fault = Assert.Single(error.Faults);
        Assert.Equal((ErrorKind.InvalidArgument, $"nfg[line {line}, column {column}]"), (error.Kind, fault.Path));
        Assert.NotEmpty(fault.Value);
        Assert.StartsWith("expected ", fault.Rule, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTruncation_IsRefusedOrWhole()
    {
        for (int length = 0; length < Outcomes.TrimEnd().Length - 1; length++)
            Assert.Throws<VsgGymException>(() => UploadedGame.FromNfg(Outcomes[..length]));
        UploadedGame.FromNfg(Outcomes);
    }

    [Fact]
    public void HugeSizes_AreRefusedBeforeAnythingIsAllocated()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromNfg("NFG 1 R \"\" { \"a\" \"b\" } { 100000 100000 } 1"));
        Assert.Equal((ErrorKind.ResourceExhausted, "game_too_large"), (error.Kind, error.Faults[0].Reason));
        Assert.Throws<VsgGymException>(() => UploadedGame.FromNfg("NFG 1 R \"\" { \"a\" \"b\" } { 5000 5000 } 1"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void SeventeenPlayers_AreTooMany()
    {
        string names = string.Concat(Enumerable.Range(0, 17).Select(p => $"\"{p}\" "));
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromNfg($"NFG 1 R \"\" {{ {names}}}"));
        Assert.Contains("at most 16 players", error.Message, StringComparison.Ordinal);
    }
}
