using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Values of chains too large for the linear solve, on which gradients are quick, slow or of no use.</summary>
public sealed class MarkovChainTests
{
    private const int Size = 1000;

    [Theory]
    [InlineData(.5)]
    [InlineData(.95)]
    [InlineData(.9999)]
    public void RandomChain_HasTheValuesOfALinearSolve(double discount)
    {
        const int states = MarkovChain.LargestDirectSolve + 1;
        var random = RandomStream.Create(8);
        double[] rewards = new double[states], probability = new double[3 * states], matrix = new double[states * states];
        int[] starts = [.. Enumerable.Range(0, states + 1).Select(s => 3 * s)], next = new int[3 * states];
        for (int s = 0; s < states; s++)
        {
            rewards[s] = random.NextDouble() - .5;
            matrix[(s * states) + s] = 1;
            for (int k = 3 * s; k < 3 * (s + 1); k++)
            {
                (next[k], probability[k]) = (random.NextInt32(states), 1.0 / 3);
                matrix[(s * states) + next[k]] -= discount * probability[k];
            }
        }

        var values = new double[states];
        double[] exact = [.. rewards];
        LinearSystem.Solve(matrix, exact);
        var chain = new MarkovChain(discount, rewards, starts, next, probability);
        chain.Evaluate(values, MarkovChain.Finest, CancellationToken.None);
        double size = Math.Max(1, exact.Max(Math.Abs));
        for (int s = 0; s < states; s++) Assert.Equal(exact[s], values[s], 3e-12 * size);
        Assert.InRange(chain.Residual(values), 0, 1e-13 * size);
        Assert.InRange(chain.Sweeps, 1, 40); // alone they would take 300000 at .9999
    }

    [Theory]
    [InlineData(.9)]
    [InlineData(.999)]
    public void Cycle_PaysOnceARound(double discount)
    {
        // Only state 0 pays, 1 a round: V_0 = 1 / (1 - discount^n), and from state s it takes n - s steps to get there.
        var values = Values(Cycle(discount, 1), MarkovChain.Finest);
        double round = 1 / (1 - Math.Pow(discount, Size));
        Assert.Equal(round, values[0], 1e-11);
        for (int s = 1; s < Size; s++) Assert.Equal(round * Math.Pow(discount, Size - s), values[s], 1e-11);
    }

    [Theory]
    [InlineData(.9)]
    [InlineData(1)]
    public void Corridor_EndsBehindItsLastState(double discount)
    {
        // The last state has no successor and pays 1: V_s = discount^(n - 1 - s). At discount 1 nothing but the end bounds it.
        int[] starts = [.. Enumerable.Range(0, Size), Size - 1], next = [.. Enumerable.Range(1, Size - 1)];
        double[] rewards = new double[Size], probability = [.. Enumerable.Repeat(1.0, Size - 1)];
        rewards[^1] = 1;
        var values = Values(new MarkovChain(discount, rewards, starts, next, probability), MarkovChain.Finest);
        for (int s = 0; s < Size; s++) Assert.Equal(Math.Pow(discount, Size - 1 - s), values[s], 1e-12);
    }

    [Fact]
    public void CoarseValues_AreAsNearAsWasAsked()
    {
        double[] fine = Values(Cycle(.99, 1), MarkovChain.Finest), coarse = Values(Cycle(.99, 1), 1e-3);
        double size = fine.Max();
        for (int s = 0; s < Size; s++) Assert.Equal(fine[s], coarse[s], 1e-3 * size);
    }

    [Fact]
    public void RewardsWhoseSquaresLeaveTheRange_AreSwept()
    {
        double[] ordinary = Values(Cycle(.9, 1), MarkovChain.Finest), large = Values(Cycle(.9, 1e300), MarkovChain.Finest);
        for (int s = 0; s < Size; s++) Assert.Equal(ordinary[s], large[s] / 1e300, 1e-11);
    }

    [Fact]
    public void Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => Cycle(.9, 1).Evaluate(new double[Size], MarkovChain.Finest, new CancellationToken(canceled: true)));

    [Fact]
    public void Accuracies_OfPolicyIterationEndAtTheFinest()
    {
        Assert.Equal(MarkovChain.Finest, MarkovChain.FirstAccuracy(MarkovChain.LargestDirectSolve)); // always exact
        double accuracy = MarkovChain.FirstAccuracy(MarkovChain.LargestDirectSolve + 1);
        Assert.Equal(MarkovChain.Finest, MarkovChain.NextAccuracy(accuracy, improved: false));
        for (int k = 0; k < 20; k++)
        {
            double before = accuracy;
            accuracy = MarkovChain.NextAccuracy(accuracy, improved: true);
            Assert.True(accuracy < before || accuracy == MarkovChain.Finest);
        }

        Assert.Equal(MarkovChain.Finest, accuracy);
    }

    private static double[] Values(MarkovChain chain, double accuracy)
    {
        var values = new double[Size];
        chain.Evaluate(values, accuracy, CancellationToken.None);
        return values;
    }

    private static MarkovChain Cycle(double discount, double reward)
    {
        var rewards = new double[Size];
        rewards[0] = reward;
        return new MarkovChain(discount, rewards, [.. Enumerable.Range(0, Size + 1)], [.. Enumerable.Range(1, Size - 1), 0], [.. Enumerable.Repeat(1.0, Size)]);
    }
}
