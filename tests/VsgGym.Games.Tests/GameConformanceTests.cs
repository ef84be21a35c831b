using System.Runtime.InteropServices;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>What every game owes, whatever its rules.</summary>
public sealed class GameConformanceTests
{
    private const int Copies = 16;
    private const int Steps = 120;

    public static TheoryData<string> Ids => AllGames.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void RandomPlay_KeepsThePromisesOfTheSpec(string id)
    {
        var play = Play.Start(AllGames.Create(id), new VectorOptions { Copies = Copies });
        var random = RandomStream.Create(1);
        CheckObservations(play);
        for (int t = 0; t < Steps; t++)
        {
            play.Step(Play.RandomActions(play, ref random));
            CheckObservations(play);
            CheckOutcome(play);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Episode_LastsItsHorizon_UnlessARowEndsIt(string id)
    {
        var game = AllGames.Create(id);
        bool endsEarly = game.Table is not { } table || (table.Horizon != 1 && HasEnds(table)); // other kinds of games say in their own tests when they end
        int last = endsEarly ? 0 : 2; // copies that end apart cannot be stepped together
        var play = Play.Start(game, new VectorOptions { Copies = last + 1, Autoreset = AutoresetMode.Disabled });
        var random = RandomStream.Create(2);
        int horizon = Math.Min(play.Worlds.Spec.Horizon ?? Steps, 10_000);
        for (int t = 1; t <= horizon && IsLive(play, last); t++)
        {
            play.Step(Play.RandomActions(play, ref random));
            for (int p = 0; p < play.Worlds.Spec.PlayerCount && !endsEarly; p++)
            {
                Assert.Equal(t == play.Worlds.Spec.Horizon, play.Worlds.Terminated(p)[last]);
                Assert.Equal(t != play.Worlds.Spec.Horizon, play.Worlds.Live(p)[last]);
            }
        }

        if (play.Worlds.Spec.Horizon is not null) Assert.False(IsLive(play, last));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void SameSeed_GivesTheSameBytes(string id)
    {
        Assert.Equal(Trace(id, 5, AutoresetMode.NextStep), Trace(id, 5, AutoresetMode.NextStep));
        Assert.Equal(Trace(id, 5, AutoresetMode.SameStep), Trace(id, 5, AutoresetMode.SameStep));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Simulator_AgreesWithTheTable_InEveryStateAndJointAction(string id)
    {
        var game = AllGames.Create(id);
        if (game.Table is not { } table) return; // box actions, or another kind of game: their own tests compare

        int[] rows = [.. Enumerable.Range(0, table.StateCount * table.JointActionCount).Where(row => table.IsLegalJoint(row / table.JointActionCount, row % table.JointActionCount))];
        var play = Play.Start(game, new VectorOptions { Copies = rows.Length });
        Place(play, table, [.. rows.Select(row => row / table.JointActionCount)]);
        play.Step(MemoryMarshal.AsBytes(Actions(table, rows).AsSpan()));
        for (int b = 0; b < rows.Length; b++) CheckRow(play, table, rows[b], b);
    }

    private static bool IsLive(VectorEnvironment play, int copy) => Enumerable.Range(0, play.Worlds.Spec.PlayerCount).Any(p => play.Worlds.Live(p)[copy]);

    private static bool HasEnds(StochasticGame table) => Enumerable.Range(0, table.StateCount * table.JointActionCount)
        .Any(row => table.RowStarts[row] == table.RowStarts[row + 1] && table.IsLegalJoint(row / table.JointActionCount, row % table.JointActionCount));

    private static void CheckRow(VectorEnvironment play, StochasticGame table, int row, int copy)
    {
        var successors = table.NextStates[table.RowStarts[row]..table.RowStarts[row + 1]];
        bool ends = successors.IsEmpty || table.Horizon == 1;
        for (int p = 0; p < table.PlayerCount; p++)
        {
            int next = play.Worlds.DiscreteObservations(p)[copy];
            Assert.Equal(ends, play.Worlds.Terminated(p)[copy]);
            if (successors.IsEmpty) Assert.Equal(row / table.JointActionCount, next);
            else Assert.True(successors.Contains(next), $"row {row}: next state {next}");
            double terminal = ends && !successors.IsEmpty ? table.TerminalRewards(p)[next] : 0;
            Assert.Equal(table.Rewards(p)[row] + terminal, play.Worlds.Rewards(p)[copy]);
        }
    }

    /// <summary>Puts each copy into a state, as if it had been reached.</summary>
    private static void Place(VectorEnvironment play, StochasticGame table, int[] states)
    {
        for (int b = 0; b < states.Length; b++)
        {
            play.Worlds.States[b] = states[b];
            for (int p = 0; p < table.PlayerCount; p++)
            {
                play.Worlds.DiscreteObservations(p)[b] = states[b];
                if (table.HasIllegalActions) table.LegalActions(p, states[b]).CopyTo(play.Worlds.LegalActions(p)[(b * table.ActionCounts[p])..]);
            }
        }
    }

    private static int[] Actions(StochasticGame table, int[] rows) =>
        [.. Enumerable.Range(0, table.PlayerCount).SelectMany(p => rows.Select(row => table.ActionOf(p, row % table.JointActionCount)))];

    private static void CheckObservations(VectorEnvironment play)
    {
        var spec = play.Worlds.Spec;
        for (int p = 0; p < spec.PlayerCount; p++)
        {
            if (spec.Observations[p] is DiscreteSpace discrete)
                foreach (int value in play.Worlds.DiscreteObservations(p)) Assert.InRange(value, 0, discrete.Count - 1);
            else if (spec.Observations[p] is BoxSpace box)
                for (int i = 0; i < play.Worlds.BoxObservations(p).Length; i++)
                    Assert.InRange(play.Worlds.BoxObservations(p)[i], box.Low[i % box.Length], box.High[i % box.Length]);
            if (!spec.HasIllegalActions) continue;
            int count = ((DiscreteSpace)spec.Actions[p]).Count;
            for (int b = 0; b < play.Copies; b++) Assert.True(play.Worlds.LegalActions(p).Slice(b * count, count).Contains(true));
        }
    }

    private static void CheckOutcome(VectorEnvironment play)
    {
        var spec = play.Worlds.Spec;
        for (int p = 0; p < spec.PlayerCount; p++)
        {
            for (int b = 0; b < play.Copies; b++)
            {
                bool resetOnly = play.Worlds.TimeOf(b) == 0;
                if (!resetOnly) Assert.InRange(play.Worlds.Rewards(p)[b], spec.LowestReward, spec.HighestReward);
                Assert.False(play.Worlds.Terminated(p)[b] && play.Worlds.Truncated(p)[b]);
            }
        }
    }

    private static byte[] Trace(string id, ulong seed, AutoresetMode mode)
    {
        var play = Play.Start(AllGames.Create(id), new VectorOptions { Copies = 7, Autoreset = mode }, seed);
        var random = RandomStream.Create(3);
        var trace = new List<byte>(play.Worlds.Wire.ToArray());
        for (int t = 0; t < 50; t++)
        {
            play.Step(Play.RandomActions(play, ref random));
            trace.AddRange(play.Worlds.Wire.Span);
        }

        return [.. trace];
    }
}
