namespace VsgGym.Core.Tests;

public sealed class StateVectorsTests
{
    [Fact]
    public void Of_BoundsTheVectorsTightly()
    {
        var vectors = StateVectors.Of(3, ["first", "second"], (state, vector) => (vector[0], vector[1]) = (state - 1, 7));
        Assert.Equal([-1f, 7f], vectors.Space.Low.ToArray());
        Assert.Equal([1f, 7f], vectors.Space.High.ToArray());
        Assert.Equal(["first", "second"], vectors.Space.Labels.ToArray());
        Assert.Equal([0f, 7f], vectors.Row(1).ToArray());
    }

    [Fact]
    public void Of_TooManyNumbers_IsRefusedBeforeAnyIsWritten()
    {
        var error = Assert.Throws<VsgGymException>(() => StateVectors.Of(1 << 20, [.. Enumerable.Range(0, 65).Select(k => $"{k}")], (_, _) => Assert.Fail("wrote")));
        Assert.Equal((ErrorKind.ResourceExhausted, "options.observation"), (error.Kind, error.Faults[0].Path));
    }

    [Fact]
    public void Restart_LeadsEndsToTheFirstStates()
    {
        var builder = new StochasticGameBuilder(["alone"], 3, [2]).WithInitial([0.25, 0.75, 0]).AddTransition(0, 0, 2, 1);
        var game = builder.Restart().BuildDiscounted(0.5);
        Assert.Equal([2], game.NextStates[..game.RowStarts[1]].ToArray());
        for (int row = 1; row < 6; row++)
        {
            Assert.Equal([0, 1], game.NextStates[game.RowStarts[row]..game.RowStarts[row + 1]].ToArray());
            Assert.Equal([0.25, 0.75], game.Probabilities[game.RowStarts[row]..game.RowStarts[row + 1]].ToArray());
        }
    }
}
