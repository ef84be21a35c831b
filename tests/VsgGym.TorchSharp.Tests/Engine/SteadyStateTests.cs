using VsgGym.TorchSharp.Tests.Kernels;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests.Engine;

/// <summary>What a training loop costs in memory, and that threads do not show in the bits.</summary>
[Collection(WorkersCollection.Name)]
public sealed class SteadyStateTests
{
    [Fact]
    public void TrainingLoop_AllocatesHandlesOnly()
    {
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            (Action step, nn.Module net) = Trainer(256, 64, 100);
            for (int i = 0; i < 50; i++) step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++) step();
            long perStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 50;
            // The arrays of a step are 1.2 MB; what is allocated is handles, nodes and shapes: 24 kB measured.
            Assert.InRange(perStep, 1, 40_000);
            net.Dispose();
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void TrainingLoop_DoesNotGrow()
    {
        (Action step, nn.Module net) = Trainer(256, 64, 100);
        for (int i = 0; i < 20; i++) step();
        long before = GC.GetTotalMemory(true);
        for (int i = 0; i < 200; i++) step();
        long grown = GC.GetTotalMemory(true) - before;
        Assert.True(grown < 1_000_000, $"grown by {grown} bytes");
        net.Dispose();
    }

    [Fact]
    public void Threads_DoNotChangeTheBits()
    {
        int threads = get_num_threads();
        float[]? expected = null;
        try
        {
            foreach (int count in new[] { 1, 2, 3, 7 })
            {
                set_num_threads(count);
                random.manual_seed(9);
                using var net = nn.Sequential(nn.Linear(40, 96), nn.Tanh(), nn.Linear(96, 96), nn.ReLU(), nn.Linear(96, 11));
                using var adam = optim.Adam(net.parameters(), 1e-2);
                for (int i = 0; i < 5; i++)
                {
                    using var scope = NewDisposeScope();
                    Tensor loss = net.call(randn(700, 40)).log_softmax(1).exp().square().sum(1L).logsumexp(0);
                    adam.zero_grad();
                    loss.backward();
                    adam.step();
                }

                float[] actual = nn.utils.parameters_to_vector(net.parameters()).data<float>().ToArray();
                Assert.Equal(expected ??= actual, actual);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static (Action Step, nn.Module Net) Trainer(long batch, long inputs, long width)
    {
        var net = nn.Sequential(nn.Linear(inputs, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1));
        var adam = optim.Adam(net.parameters());
        Tensor x = randn(batch, inputs);
        Tensor y = randn(batch, 1);
        return (() =>
        {
            using var scope = NewDisposeScope();
            Tensor loss = nn.functional.mse_loss(net.call(x), y);
            adam.zero_grad();
            loss.backward();
            adam.step();
        }, net);
    }
}
