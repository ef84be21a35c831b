using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Learning.Tests;

/// <summary>What of the games reaches the replays.</summary>
public sealed class GameTableTests
{
    private static readonly ActorCriticSettings Settings = new() { Hidden = [4], Batch = 4, Discount = 1 };

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void EveryStepIsATransition_AndOnlyTheRulesEndTheTarget(int? timeLimit)
    {
        var game = Samples.ThreePlayers();
        var players = Players(new TabularEnvironment(game));
        var table = new GameTable(new TabularEnvironment(game), players, copies: 2, timeLimit, RandomStream.Create(1));
        for (int step = 0; step < 6; step++)
            table.Step((player, states, actions) =>
            {
                for (int b = 0; b < 2; b++) actions[b] = player.Seat.Player == 2 ? 2 * b : player.Seat.Player; // a: 0, b: 1, c: 0 and 2
            });

        foreach (var player in players)
        {
            var layout = player.Seat.Layout;
            Assert.Equal(12, player.Replay.Count);
            for (int age = 0; age < 12; age++)
            {
                var row = player.Replay.Latest(11 - age);
                int step = age / 2, copy = age % 2, state = (int)row[0];
                int[] joint = [0, 1, 2 * copy];
                Assert.Equal(joint[player.Seat.Player], row[layout.OwnAt][0]);
                int[] others = [.. joint.Where((_, p) => p != player.Seat.Player)];
                Assert.Equal([others[0], others[1]], row[layout.OthersAt].ToArray().Select(x => (int)x));
                Assert.Equal(1 - state, row[layout.NextStateAt][0]); // also at the end of an episode: the state it ended in, not the next start
                Assert.Equal(game.Rewards(player.Seat.Player)[(state * 12) + (joint[0] * 6) + (joint[1] * 3) + joint[2]], row[layout.RewardAt]);
                bool isOver = timeLimit is null && step % 3 == 2; // three decisions by the rules, or a cut after two
                Assert.Equal(isOver ? 0 : 1, row[layout.GoesOnAt]);
                if (player.Seat.Player == 2) Assert.Equal(state == 1 ? [1f, 0f, 1f] : [1f, 1f, 1f], row[layout.MaskAt].ToArray());
            }
        }
    }

    [Fact]
    public void UniformPlay_IsLegalAndReachesEveryLegalAction()
    {
        var players = Players(new TabularEnvironment(Samples.ThreePlayers()));
        var counts = new Dictionary<(int State, int Action), int>();
        for (ulong i = 0; i < 600; i++)
        {
            var own = new float[2];
            players[2].Explore([0f, 1f, 1f, 1f, 1f, 1f, 0f, 1f], RandomStream.Create(i), own);
            for (int state = 0; state < 2; state++) counts[(state, (int)own[state])] = counts.GetValueOrDefault((state, (int)own[state])) + 1;
        }

        Assert.Equal([(0, 0), (0, 1), (0, 2), (1, 0), (1, 2)], counts.Keys.Order());
        Assert.All(counts, count => Assert.InRange(count.Value, count.Key.State == 0 ? 150 : 240, count.Key.State == 0 ? 250 : 360));
    }

    [Fact]
    public void IllegalActions_AreNeverPlayed()
    {
        using var learner = Samples.Learner("rommeo_ac", new TabularEnvironment(Samples.ThreePlayers()), Samples.Small + ", \"num_envs\": 4");
        learner.Run(40); // a step with an illegal action would be refused
        Assert.Equal(40, learner.StepsTaken);
    }

    private static Player[] Players(Core.Environment game) =>
        [.. Seat.All(game.Spec).Select(seat => new RommeoDiscretePlayer(seat, Settings, RandomStream.Create(0)))];
}
