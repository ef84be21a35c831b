using VsgGym.Numerics;

namespace VsgGym.Core.Tests;

public sealed class TabularPolicyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(601)]
    public void Act_OnManyCopies_PlaysWhatEachCopysStreamSays(int copies)
    {
        var policy = PolicyProfile.Uniform(Play.Table())[1];
        var worlds = new StepBuffer(new TabularEnvironment(Play.Table()), copies, [0], finalObservations: false);
        var random = RandomStream.Create(6);
        for (int b = 0; b < copies; b++)
        {
            (worlds.Seeds[b], worlds.Episodes[b], worlds.Times[b]) = (random.NextUInt64(), random.NextUInt32(), random.NextInt32(3));
            worlds.DiscreteObservations(1)[b] = random.NextInt32(policy.States);
            if (!worlds.LegalActions(1).IsEmpty) worlds.LegalActionsOf(1, b).Fill(true);
            worlds.Live(1)[b] = random.NextInt32(4) > 0;
        }

        bool[] marked = [.. Enumerable.Range(0, copies).Select(b => b % 3 != 1)];
        worlds.DiscreteActions(1).Fill(-7);
        policy.Act(worlds, 1, marked);
        for (int b = 0; b < copies; b++)
        {
            var row = policy.Row(worlds.TimeOf(b), worlds.DiscreteObservations(1)[b]);
            int expected = Simplex.Sample(row, worlds.StreamOf(b, 2).NextDouble());
            Assert.Equal(marked[b] && worlds.Live(1)[b] ? expected : -7, worlds.DiscreteActions(1)[b]);
        }
    }
}
