using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

public sealed class NfgWriterTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(2, 3)]
    [InlineData(2, 3, 4)]
    public void WrittenGame_ReadsBackTheSame(params int[] counts)
    {
        int joint = counts.Aggregate(1, (product, count) => product * count);
        var random = RandomStream.Create(4);
        double[] payoffs = [.. Enumerable.Range(0, counts.Length * joint).Select(_ => (random.NextDouble() - 0.5) * 1e6)];
        string[] players = [.. counts.Select((_, p) => $"seat \\ \"{p}\"")];
        string[][] actions = [.. counts.Select((count, p) => Enumerable.Range(0, count).Select(a => $"{p}/{a}").ToArray())];
        var table = UploadedGame.FromNormalForm(new ShapedArray(payoffs, [counts.Length, .. counts]), players, actions).Table;
        var back = UploadedGame.FromNfg(NfgWriter.Write(table, "a \"title\""));
        Assert.Equal("a \"title\"", back.Title);
        Assert.Equal(players, back.Table.Players.ToArray());
        for (int p = 0; p < counts.Length; p++)
        {
            Assert.Equal(table.Rewards(p), back.Table.Rewards(p));
            Assert.Equal(actions[p], back.Table.ActionLabels[p].ToArray());
        }
    }

    [Fact]
    public void GameOfManyStates_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => NfgWriter.Write(new Pursuit(new Pursuit.Options()).Table, "pursuit"));
        Assert.Equal("not_normal_form", error.Faults[0].Reason);
    }
}
