using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VsgGym.Core;

namespace VsgGym.Networks.Tests;

public sealed class BlueprintPolicyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Act_InATable_PlaysEachCopyAsIfItWereAlone(bool greedy)
    {
        var policy = Model("row").Policy(greedy);
        var batch = Start(new TabularEnvironment(SampleTables.Moves()), policy, 37, seed: 9);
        var single = Enumerable.Range(0, 37).Select(b => Start(new TabularEnvironment(SampleTables.Moves()), policy, 1, seed: 9 + (ulong)b)).ToList();
        for (int round = 0; round < 12; round++)
        {
            batch.Step(MemoryMarshal.AsBytes(new int[37].AsSpan()));
            foreach (var (one, b) in single.Select((one, b) => (one, b)))
            {
                one.Step(new byte[4]);
                Assert.Equal(one.Worlds.DiscreteActions(0)[0], batch.Worlds.DiscreteActions(0)[b]);
            }
        }
    }

    [Fact]
    public void Act_OnABox_DrawsFromTheSeatsStream()
    {
        var blueprint = SampleBlueprints.Named("line");
        var model = new BlueprintModel(blueprint);
        var environment = new WanderEnvironment();
        var batch = Start(environment, model.Policy(greedy: false), 5, seed: 4);
        float[] before = batch.Worlds.BoxObservations(0).ToArray();
        float[] noise = new float[5 * model.Forward.PlayNoise];
        for (int b = 0; b < 5; b++) SeatNoise.Draw(batch.Worlds, b, 0, noise.AsSpan(b * model.Forward.PlayNoise, model.Forward.PlayNoise));
        batch.Step(new byte[5 * 4]);
        var expected = model.Forward.Play(ObservationBatch.Box(before, 4), noise);
        Assert.Equal(expected.SampledNumbers, batch.Worlds.BoxActions(0).ToArray());
        Assert.Equal(5, expected.SampledNumbers.Distinct().Count());
    }

    [Fact]
    public void Act_Sampled_PlaysAsOftenAsTheProbabilitiesSay()
    {
        const int Copies = 20000;
        var model = Model("row");
        var batch = Start(new TabularEnvironment(SampleTables.Moves()), model.Policy(greedy: false), Copies, seed: 1);
        int[] states = batch.Worlds.DiscreteObservations(0).ToArray();
        bool[] legal = batch.Worlds.LegalActions(0).ToArray();
        batch.Step(new byte[4 * Copies]);
        float[] probabilities = model.Forward.Play(ObservationBatch.Discrete(states), legal: legal).Probabilities;
        for (int a = 0; a < 3; a++)
        {
            double expected = Enumerable.Range(0, Copies).Sum(b => probabilities[(b * 3) + a]);
            double found = batch.Worlds.DiscreteActions(0).Count(a);
            Assert.InRange(found, expected - (5 * Math.Sqrt(Copies)), expected + (5 * Math.Sqrt(Copies)));
        }
    }

    [Fact]
    public void CheckFits_OnAnotherSeat_NamesBothSpaces()
    {
        var spec = new WanderEnvironment().Spec;
        var error = Assert.Throws<VsgGymException>(() => Model("row").Policy(true).CheckFits(spec, 1));
        Assert.Equal(["others.second.observation", "others.second.action"], error.Faults.Select(f => f.Path));
        Assert.Contains("discrete(3)", error.Message, StringComparison.Ordinal);
        new BlueprintModel(SampleBlueprints.Named("line")).Policy(true).CheckFits(spec, 0);
    }

    [Fact]
    public void Table_OfTheGame_IsWhatThePolicyPlays()
    {
        var game = SampleTables.Moves();
        var model = Model("row");
        var table = model.Table(game)!;
        for (int s = 0; s < 3; s++)
        {
            float[] expected = model.Forward.Play(ObservationBatch.Discrete([s]), legal: game.LegalActions(0, s)).Probabilities;
            for (int a = 0; a < 3; a++) Assert.Equal(expected[a], table.Row(0, s)[a], 1e-6);
        }

        Assert.Equal(0, table.Row(0, 2)[1]);
    }

    [Fact]
    public void OpponentTable_IsTheProductOfTheOpponents()
    {
        var model = Model("row");
        var table = model.OpponentTable(SampleTables.Moves())!;
        Assert.Equal<IEnumerable<int>>([3, 2, 4], table.Shape);
        var outputs = model.Forward.Opponents(ObservationBatch.Discrete([0, 1, 2]));
        for (int s = 0; s < 3; s++)
            for (int j = 0; j < 8; j++)
                Assert.Equal(outputs[0].Probabilities[(s * 2) + (j / 4)] * outputs[1].Probabilities[(s * 4) + (j % 4)], table.Data[(s * 8) + j], 1e-6);
    }

    [Fact]
    public void Tables_OfAnotherGame_AreNull()
    {
        var model = new BlueprintModel(SampleBlueprints.Named("table") with { Player = "row" });
        Assert.Null(model.Table(SampleTables.Moves()));
        Assert.Null(model.OpponentTable(SampleTables.Moves()));
        Assert.Null(new BlueprintModel(SampleBlueprints.Named("line")).Table(SampleTables.Moves()));
    }

    private static BlueprintModel Model(string player)
    {
        var blueprint = SampleBlueprints.Build(new DiscreteSpace(3), new DiscreteSpace(3), [new DiscreteSpace(2), new DiscreteSpace(4)], masked: true);
        return new(blueprint with { Player = player });
    }

    /// <summary>The model in seat 0, the caller in the last seat, uniform play between.</summary>
    private static VectorEnvironment Start(Core.Environment environment, IPolicy policy, int copies, ulong seed)
    {
        var others = ImmutableDictionary<int, IPolicy>.Empty.Add(0, policy);
        var options = new VectorOptions { Copies = copies, OwnSeats = [environment.Spec.PlayerCount - 1], Others = others, IllegalActions = IllegalActionRule.FirstLegal };
        var batch = new VectorEnvironment(environment, options, seed);
        batch.Reset();
        return batch;
    }
}
