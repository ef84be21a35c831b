namespace VsgGym.Numerics.Tests;

public sealed class BiconjugateGradientsTests
{
    [Fact]
    public void Improve_OfRandomSystems_GivesTheKnownAnswer()
    {
        var random = RandomStream.Create(3);
        for (int n = 1; n <= 60; n += 7)
        {
            double[] matrix = new double[n * n], known = new double[n], right = new double[n], x = new double[n];
            for (int k = 0; k < matrix.Length; k++) matrix[k] = (random.NextDouble() - .5) / n;
            for (int k = 0; k < n; k++) (matrix[(k * n) + k], known[k]) = (1 + random.NextDouble(), random.NextDouble() - .5);
            var map = new Dense(matrix);
            map.Apply(known, right);
            int iterations = BiconjugateGradients.Improve(map, right, x, 1e-13, 500);
            Assert.InRange(iterations, 1, 60);
            for (int k = 0; k < n; k++) Assert.Equal(known[k], x[k], 1e-11);
        }
    }

    [Fact]
    public void OneIteration_IsThatOfThePaper()
    {
        // By hand, A = [2 1; 0 1], b = (1, 1), x = 0: r = p = (1, 1), v = (3, 1), alpha = 2 / 4 = 1/2, s = (-1/2, 1/2), t = (-1/2, 1/2),
        // omega = 1: x = (1/2, 1/2) + (-1/2, 1/2) = (0, 1), which is the answer.
        double[] x = [0, 0];
        Assert.Equal(1, BiconjugateGradients.Improve(new Dense([2, 1, 0, 1]), [1, 1], x, 0, 1));
        Assert.Equal([0, 1], x);
    }

    [Fact]
    public void AnswerOnEntry_StaysAsItIs()
    {
        double[] x = [.25, -.5];
        Assert.Equal(0, BiconjugateGradients.Improve(new Dense([2, 0, 0, 4]), [.5, -2], x, 1e-15, 10));
        Assert.Equal([.25, -.5], x);
    }

    [Fact]
    public void Breakdown_KeepsTheBestVector()
    {
        // A quarter turn: A r is at right angles to r, so alpha is infinite in the first iteration.
        double[] x = [0, 0];
        BiconjugateGradients.Improve(new Dense([0, 1, -1, 0]), [1, 0], x, 0, 100);
        Assert.Equal([0, 0], x);
    }

    [Fact]
    public void NumbersOutOfRange_KeepTheBestVector()
    {
        double[] x = [1, 2];
        BiconjugateGradients.Improve(new Dense([1e200, 1, 1, 1e200]), [1e300, -1e300], x, 0, 100);
        Assert.Equal([1, 2], x);
    }

    [Fact]
    public void OtherLengths_AreRefused() =>
        Assert.Equal("right", Assert.Throws<ArgumentException>(() => BiconjugateGradients.Improve(new Dense([1]), [1, 2], new double[1], 0, 1)).ParamName);

    [Fact]
    public void Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => BiconjugateGradients.Improve(new Dense([2]), [1], new double[1], 0, 1, new CancellationToken(canceled: true)));

    private sealed class Dense(double[] matrix) : ILinearMap
    {
        public void Apply(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int row = 0; row < y.Length; row++)
            {
                y[row] = 0;
                for (int k = 0; k < x.Length; k++) y[row] += matrix[(row * x.Length) + k] * x[k];
            }
        }
    }
}
