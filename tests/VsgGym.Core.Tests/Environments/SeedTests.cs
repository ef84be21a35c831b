using System.Collections.Immutable;

namespace VsgGym.Core.Tests;

/// <summary>Same seed, same bits: whatever the batch.</summary>
public sealed class SeedTests
{
    public static TheoryData<string, AutoresetMode, int> Batches()
    {
        var cases = new TheoryData<string, AutoresetMode, int>();
        foreach (string game in (string[])["countdown", "drift", "table", "table against uniform", "table against a table", "drift against uniform"])
            foreach (var mode in (AutoresetMode[])[AutoresetMode.NextStep, AutoresetMode.SameStep])
                foreach (int copies in (int[])[1, 7, 64])
                    cases.Add(game, mode, copies);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Step_OfABatch_EqualsSingleCopiesBitForBit(string game, AutoresetMode mode, int copies)
    {
        var batch = Make(game, mode, copies, 1000);
        var singles = Enumerable.Range(0, copies).Select(k => Make(game, mode, 1, 1000 + (ulong)k)).ToList();
        for (int round = 0; round < 20; round++)
        {
            for (int k = 0; k < copies; k++) Assert.Equal(Play.BytesOf(singles[k], 0), Play.BytesOf(batch, k));
            batch.Step(Play.ScriptedActions(batch, round));
            foreach (var single in singles) single.Step(Play.ScriptedActions(single, round));
        }
    }

    [Fact]
    public void Reset_WithASeed_ReplaysFromTheStart()
    {
        var batch = Make("table against uniform", AutoresetMode.NextStep, 5, 3);
        byte[][] first = Trajectory(batch);
        Assert.NotEqual(first, Trajectory(batch));
        batch.Reset([3]);
        Assert.Equal(first, Trajectory(batch));
        batch.Reset([3, 4, 5, 6, 7]);
        Assert.Equal(first, Trajectory(batch));
    }

    [Fact]
    public void Reset_WithoutASeed_StartsTheEpisodeThatAutoresetWouldStart()
    {
        var byAutoreset = Make("countdown", AutoresetMode.SameStep, 8, 12);
        var byHand = Make("countdown", AutoresetMode.Disabled, 8, 12);
        var starts = new HashSet<string>();
        for (int episode = 0; episode < 10; episode++)
        {
            Assert.Equal(byAutoreset.Worlds.DiscreteObservations(0).ToArray(), byHand.Worlds.DiscreteObservations(0).ToArray());
            starts.Add(string.Join(",", byHand.Worlds.DiscreteObservations(0).ToArray()));
            for (int t = 0; t < 3; t++)
            {
                byAutoreset.Step(Play.ScriptedActions(byAutoreset, t));
                byHand.Step(Play.ScriptedActions(byHand, t));
            }

            byHand.Reset();
        }

        Assert.Equal(10, starts.Count);
    }

    [Fact]
    public void Seeds_AtTheEndOfTheRange_WrapAround()
    {
        var batch = Make("countdown", AutoresetMode.NextStep, 2, ulong.MaxValue);
        Assert.Equal((ulong.MaxValue, 0UL), (batch.Worlds.SeedOf(0), batch.Worlds.SeedOf(1)));
        Assert.Equal(Play.BytesOf(Make("countdown", AutoresetMode.NextStep, 1, 0), 0), Play.BytesOf(batch, 1));
    }

    private static byte[][] Trajectory(VectorEnvironment batch) => [.. Enumerable.Range(0, 12).Select(round =>
    {
        batch.Step(Play.ScriptedActions(batch, round));
        return batch.Worlds.Wire.ToArray();
    })];

    private static VectorEnvironment Make(string game, AutoresetMode mode, int copies, ulong seed)
    {
        var options = new VectorOptions
        {
            Copies = copies,
            Autoreset = mode,
            OwnSeats = game.Contains("against", StringComparison.Ordinal) ? [0] : [],
            Others = game.EndsWith("a table", StringComparison.Ordinal) ? ImmutableDictionary<int, IPolicy>.Empty.Add(1, PolicyProfile.Uniform(Play.Table())[1]) : ImmutableDictionary<int, IPolicy>.Empty,
        };
        Environment environment = game.Split(' ')[0] switch
        {
            "countdown" => new CountdownEnvironment([2, 3], masks: true),
            "drift" => new DriftEnvironment(),
            _ => new TabularEnvironment(Play.Table()),
        };
        return Play.Start(environment, options, seed);
    }
}
