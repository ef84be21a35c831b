using System.Collections.Immutable;
using VsgGym.TestKit;

namespace VsgGym.Core.Tests;

/// <summary>A step allocates nothing.</summary>
public sealed class AllocationTests
{
    public static TheoryData<string, AutoresetMode, string> Batches()
    {
        var cases = new TheoryData<string, AutoresetMode, string>();
        foreach (var mode in Enum.GetValues<AutoresetMode>())
        {
            foreach (string occupant in (string[])["none", "uniform", "table"]) cases.Add("table", mode, occupant);
            foreach (string occupant in (string[])["none", "uniform"]) cases.Add("box", mode, occupant);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Step_OverAThousandSteps_AllocatesNothing(string game, AutoresetMode mode, string occupant)
    {
        Environment environment = game == "box" ? new DriftEnvironment() : new TabularEnvironment(Play.Table());
        var options = new VectorOptions
        {
            Copies = 16,
            Autoreset = mode,
            IllegalActions = IllegalActionRule.FirstLegal,
            OwnSeats = occupant == "none" ? [] : [0],
            Others = occupant == "table" ? ImmutableDictionary<int, IPolicy>.Empty.Add(1, PolicyProfile.Uniform(Play.Table())[1]) : ImmutableDictionary<int, IPolicy>.Empty,
        };
        var batch = Play.Start(environment, options);
        byte[] actions = new byte[batch.ActionBytes];
        int length = environment.Spec.Horizon!.Value;
        Run(batch, actions, 100, length); // warms up
        Assert.Equal(0, SteadyState.Bytes(() => Run(batch, actions, 1000, length)));
    }

    [Theory]
    [InlineData(AutoresetMode.NextStep)]
    [InlineData(AutoresetMode.SameStep)]
    public void Step_UnderATimeLimit_AllocatesNothing(AutoresetMode mode)
    {
        foreach (var environment in (Environment[])[new DriftEnvironment(), new TabularEnvironment(Play.Table())])
        {
            var batch = Play.Start(environment, new VectorOptions { Copies = 16, Autoreset = mode, IllegalActions = IllegalActionRule.FirstLegal, TimeLimit = 3 });
            byte[] actions = new byte[batch.ActionBytes];
            Run(batch, actions, 100, 3); // warms up
            batch.Reset([0]);
            Run(batch, actions, 3, 3);
            Assert.True(batch.Worlds.Truncated(0)[0]);
            Assert.Equal(0, SteadyState.Bytes(() => Run(batch, actions, 1000, 3)));
        }
    }

    private static void Run(VectorEnvironment batch, byte[] actions, int steps, int length)
    {
        for (int i = 1; i <= steps; i++)
        {
            batch.Step(actions);
            if (batch.Options.Autoreset == AutoresetMode.Disabled && i % length == 0) batch.Reset();
        }
    }
}
