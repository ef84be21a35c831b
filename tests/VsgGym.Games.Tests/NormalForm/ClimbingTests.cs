namespace VsgGym.Games.Tests;

public sealed class ClimbingTests
{
    // Claus and Boutilier 1998, Figure 3 (the climbing game): both players get the same.
    private static readonly double[] Published = [11, -30, 0, -30, 7, 6, 0, 0, 5];

    [Fact]
    public void Payoffs_AreThePublishedOnes_ForBothPlayers()
    {
        var table = new Climbing(new Climbing.Options()).Table;
        Assert.Equal(Published, table.Rewards(0));
        Assert.Equal(Published, table.Rewards(1));
        Assert.Equal(["A", "B", "C"], table.ActionLabels[1].ToArray());
    }

    [Fact]
    public void OneRepetition_EndsAtOnce()
    {
        var play = Play.Start(new Climbing(new Climbing.Options()));
        play.Step(1, 2);
        Assert.Equal([6, 6], play.Rewards());
        Assert.True(play.Worlds.Terminated(0)[0]);
    }

    [Fact]
    public void Repetitions_PayEachTimeAndEndAtTheHorizon()
    {
        var play = Play.Start(new Climbing(new Climbing.Options { Horizon = 3 }));
        double total = 0;
        for (int t = 0; t < 3; t++)
        {
            Assert.True(play.Worlds.Live(0)[0]);
            play.Step(0, 0);
            total += play.Rewards()[0];
        }

        Assert.Equal(33, total);
        Assert.True(play.Worlds.Terminated(1)[0]);
    }

    [Fact]
    public void SpecBounds_AreTheExtremePayoffs()
    {
        var spec = new Climbing(new Climbing.Options { Horizon = 10 }).CreateEnvironment().Spec;
        Assert.Equal((-30.0, 11.0), (spec.LowestReward, spec.HighestReward));
    }
}
