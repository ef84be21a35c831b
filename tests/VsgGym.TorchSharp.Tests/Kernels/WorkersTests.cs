using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

[Collection(WorkersCollection.Name)]
public sealed class WorkersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void For_CoversEveryItemOnce(int workers)
    {
        using WorkersSetting setting = new(workers);
        foreach (int items in (int[])[0, 1, 2, 7, 1000])
            for (int repeat = 0; repeat < 200; repeat++)
            {
                int[] visits = new int[items];
                int ranges = 0;
                Workers.For(items, 1, (from, to) =>
                {
                    Interlocked.Increment(ref ranges);
                    for (int i = from; i < to; i++) Interlocked.Increment(ref visits[i]);
                });
                Assert.All(visits, v => Assert.Equal(1, v));
                Assert.Equal(Math.Min(workers, items), ranges);
            }
    }

    [Fact]
    public void For_RunsItsRangesAtTheSameTime()
    {
        using WorkersSetting setting = new(3);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            using CountdownEvent arrived = new(3);
            int met = 0;
            Workers.For(3, 1, (_, _) =>
            {
                arrived.Signal();
                if (arrived.Wait(Patience)) Interlocked.Increment(ref met);
            });
            Assert.Equal(3, met);
        }
    }

    [Fact]
    public void For_AfterASleep_StillSharesOut()
    {
        using WorkersSetting setting = new(2);
        for (int repeat = 0; repeat < 3; repeat++)
        {
            Thread.Sleep(20); // far beyond the time the threads spin
            using CountdownEvent arrived = new(2);
            bool met = true;
            Workers.For(2, 1, (_, _) =>
            {
                arrived.Signal();
                if (!arrived.Wait(Patience)) met = false;
            });
            Assert.True(met);
        }
    }

    [Fact]
    public void For_OnPoolThreads_UsesBackgroundThreads()
    {
        using WorkersSetting setting = new(2);
        using CountdownEvent arrived = new(2);
        Thread caller = Thread.CurrentThread;
        int background = 0;
        Workers.For(2, 1, (_, _) =>
        {
            arrived.Signal();
            arrived.Wait(Patience);
            if (Thread.CurrentThread != caller && Thread.CurrentThread.IsBackground) Interlocked.Increment(ref background);
        });
        Assert.Equal(1, background);
    }

    [Fact]
    public void For_WithLittleWork_RunsInlineAsOneRange()
    {
        using WorkersSetting setting = new(2);
        Workers.MinimumWorkPerRange = 1000;
        int caller = Environment.CurrentManagedThreadId;
        List<(int From, int To, int Thread)> ranges = [];
        Workers.For(1999, 1, (from, to) => ranges.Add((from, to, Environment.CurrentManagedThreadId)));
        Assert.Equal([(0, 1999, caller)], ranges);
    }

    [Fact]
    public void For_WithState_HandsItToEveryRange()
    {
        using WorkersSetting setting = new(3);
        int[] visits = new int[10];
        Workers.For(10, 1, (Target: visits, Value: 7), static (state, from, to) => state.Target.AsSpan(from, to - from).Fill(state.Value));
        Assert.All(visits, v => Assert.Equal(7, v));
    }

    [Fact]
    public void For_WhenRangesThrow_EndsAllAndThrowsTheLowest()
    {
        using WorkersSetting setting = new(3);
        for (int repeat = 0; repeat < 100; repeat++)
        {
            int ended = 0;
            var thrown = Assert.Throws<InvalidOperationException>(() => Workers.For(30, 1, (from, _) =>
            {
                Interlocked.Increment(ref ended);
                if (from > 0) throw new InvalidOperationException($"from {from}");
            }));
            Assert.Equal("from 10", thrown.Message);
            Assert.Equal(3, ended);
        }

        For_CoversEveryItemOnce(3);
    }

    [Fact]
    public void For_Inside_RunsInline()
    {
        using WorkersSetting setting = new(2);
        int[] visits = new int[20];
        Workers.For(2, 1, (from, to) =>
        {
            int thread = Environment.CurrentManagedThreadId;
            for (int outer = from; outer < to; outer++)
                Workers.For(10, 1, (first, end) =>
                {
                    Assert.Equal(thread, Environment.CurrentManagedThreadId);
                    for (int i = first; i < end; i++) Interlocked.Increment(ref visits[(outer * 10) + i]);
                });
        });
        Assert.All(visits, v => Assert.Equal(1, v));
    }

    [Fact]
    public void For_FromSeveralCallersAtOnce_IsCompleteForEach()
    {
        using WorkersSetting setting = new(2);
        int failures = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(index => new Thread(() =>
        {
            for (int repeat = 0; repeat < 500; repeat++)
            {
                long sum = 0;
                Workers.For(100, 1, (from, to) =>
                {
                    for (int i = from; i < to; i++) Interlocked.Add(ref sum, i + index);
                });
                if (sum != 4950 + (100 * index)) Interlocked.Increment(ref failures);
            }
        }))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) Assert.True(caller.Join(Patience));
        Assert.Equal(0, failures);
    }

    [Fact]
    public void Settings_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Count = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.MinimumWorkPerRange = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.For(-1, 1, (_, _) => { }));
    }
}
