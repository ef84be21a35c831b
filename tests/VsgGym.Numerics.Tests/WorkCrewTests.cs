using VsgGym.TestKit;

namespace VsgGym.Numerics.Tests;

/// <summary>Crews do every item once, with the same bits for every number of threads.</summary>
public sealed class WorkCrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryItem_IsDoneOnceASweep(int threads)
    {
        var crew = new WorkCrew(threads);
        foreach (int items in (int[])[0, 1, 63, 64, 129, 1000, 100_003])
        {
            var work = new Counting(items);
            for (int sweep = 1; sweep <= 200 && (sweep <= 3 || items <= 1000); sweep++)
            {
                Assert.Equal(items == 0 ? 0 : items - 1, crew.Run(work, items, 32, CancellationToken.None));
                Assert.All(work.Counts, count => Assert.Equal(sweep, count));
            }
        }
    }

    [Fact]
    public void Sweeps_OfDifferentSizesInARow_NeverMix()
    {
        var crew = new WorkCrew(4);
        Counting small = new(130), large = new(20_000);
        for (int k = 1; k <= 3000; k++)
        {
            crew.Run(small, 130, 32, CancellationToken.None);
            crew.Run(large, 20_000, 32, CancellationToken.None);
        }

        Assert.All(small.Counts, count => Assert.Equal(3000, count));
        Assert.All(large.Counts, count => Assert.Equal(3000, count));
    }

    [Fact]
    public void Results_DoNotDependOnTheThreads()
    {
        double alone = new WorkCrew(1).Run(new Rounding(), 77_777, 32, CancellationToken.None);
        foreach (int threads in (int[])[2, 3, 7]) Assert.Equal(alone, new WorkCrew(threads).Run(new Rounding(), 77_777, 32, CancellationToken.None));
    }

    [Fact]
    public void NaN_OfOneBlock_IsTheResult() => Assert.Equal(double.NaN, new WorkCrew(2).Run(new Spoiled(), 10_000, 32, CancellationToken.None));

    [Fact]
    public void Exception_OfOneBlock_ReachesTheCallerAndTheCrewGoesOn()
    {
        var crew = new WorkCrew(2);
        Assert.Throws<InvalidDataException>(() => crew.Run(new Failing(), 10_000, 32, CancellationToken.None));
        Assert.Equal(999, crew.Run(new Counting(1000), 1000, 32, CancellationToken.None));
    }

    [Fact]
    public void Cancellation_EndsASweep()
    {
        var crew = new WorkCrew(2);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => crew.Run(new Cancelling(source), 100_000, 32, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => crew.Run(new Counting(10), 10, 32, source.Token));
    }

    [Fact]
    public void Sweeps_AllocateNothing()
    {
        var crew = new WorkCrew(1);
        var work = new Rounding();
        for (int k = 0; k < 10; k++) crew.Run(work, 1000, 32, CancellationToken.None);
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int k = 0; k < 100; k++) crew.Run(work, 1000, 32, CancellationToken.None);
        }));
    }

    private sealed class Counting(int items) : ICrewWork
    {
        public int[] Counts { get; } = new int[items];

        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            for (int i = start; i < end; i++) Interlocked.Increment(ref Counts[i]);
            return end - 1;
        }
    }

    private sealed class Rounding : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            double sum = 0;
            for (int i = start; i < end; i++) sum += 1.0 / (1 + i);
            return sum;
        }
    }

    private sealed class Spoiled : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken) => start <= 5000 && end > 5000 ? double.NaN : 1;
    }

    private sealed class Failing : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken) => start > 0 ? throw new InvalidDataException("a block") : 1;
    }

    private sealed class Cancelling(CancellationTokenSource source) : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            source.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return 0;
        }
    }
}
