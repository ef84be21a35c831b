using System.Runtime.InteropServices;
using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

[Collection(WorkersCollection.Name)]
public sealed class GemmWorkersTests
{
    private static readonly (int M, int N, int K)[] Shapes =
    [
        (256, 100, 100), (256, 64, 100), (100, 100, 256), (100, 64, 512), (256, 1, 100), (1, 100, 256), (256, 3, 100), (3, 100, 256), (256, 100, 2),
        (257, 101, 1), (17, 130, 300), (300, 17, 33), (13, 9, 5), (128, 128, 700), (7, 7, 7), (50, 1, 3), (1, 5, 40),
    ];

    [Fact]
    public void Run_WithAnyNumberOfWorkers_HasEqualBits()
    {
        foreach (var (m, n, k) in Shapes)
            for (int flags = 0; flags < 8; flags++)
            {
                byte[] one = Product(1, m, n, k, flags);
                Assert.True(one.AsSpan().SequenceEqual(Product(2, m, n, k, flags)), $"2 workers, m {m}, n {n}, k {k}, flags {flags}");
                Assert.True(one.AsSpan().SequenceEqual(Product(3, m, n, k, flags)), $"3 workers, m {m}, n {n}, k {k}, flags {flags}");
            }
    }

    [Fact]
    public void RowSum_WithAnyNumberOfWorkers_HasEqualBits()
    {
        Guarded<float> x = new(256 * 200, new(5));
        byte[] one = Sums(1);
        Assert.Equal(one, Sums(2));
        Assert.Equal(one, Sums(3));

        byte[] Sums(int workers)
        {
            using WorkersSetting setting = new(workers);
            float[] sums = new float[200];
            RowSum.Run(256, 200, x.Span, sums, accumulate: false);
            return MemoryMarshal.AsBytes<float>(sums).ToArray();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Calls_AfterWarmUp_AllocateNothing(int workers)
    {
        using WorkersSetting setting = new(workers);
        float[] x = new float[256 * 100], weight = new float[100 * 100], bias = new float[100], y = new float[256 * 100], gradient = new float[100 * 100];
        AdamCoefficients adam = new(0.9, 0.999, 1e-3, 1, 1e-8, 0);
        for (int i = 0; i < 50; i++) Step(); // the first calls start threads and take scratch
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            Gemm.Linear(256, 100, 100, x, weight, bias, y, relu: true);
            Gemm.Linear(256, 100, 1, x, weight, bias, y, relu: false);
            Gemm.Linear(256, 2, 100, x, weight, bias, y, relu: false);
            Gemm.Run(true, false, 100, 100, 256, y, x, gradient, accumulate: true);
            Gemm.Run(true, false, 1, 100, 256, y, x, gradient, accumulate: false);
            RowSum.Run(256, 100, y, bias, accumulate: false);
            ReluKernel.Backward(y, x, y);
            AdamKernel.Step(weight, gradient, gradient, gradient, adam);
        }
    }

    private static byte[] Product(int workers, int m, int n, int k, int flags)
    {
        using WorkersSetting setting = new(workers);
        Random random = new(6);
        Guarded<float> a = new(m * k, random), b = new(k * n, random), c = new(m * n, random);
        Gemm.Run((flags & 1) != 0, (flags & 2) != 0, m, n, k, a.Span, b.Span, c.Span, (flags & 4) != 0);
        return MemoryMarshal.AsBytes(c.Span).ToArray();
    }
}
