using System.Runtime.Intrinsics.X86;
using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

/// <summary>The portable tile is what runs where the fused instructions are missing, so it is called here by itself.</summary>
public sealed unsafe class TileTests
{
    private const int Depth = 37, Stride = 41, Columns = 24;

    [Theory]
    [InlineData(4, 24, false)]
    [InlineData(4, 16, true)]
    [InlineData(8, 8, true)]
    public void PortableTile_IsTheTripleLoop(int rows, int columns, bool relu)
    {
        float[] c = Compute(Run, relu, out float[] a2, out float[] b2, out float[] start2);
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < Columns; j++)
            {
                double sum = start2[(i * Columns) + j];
                for (int p = 0; p < Depth; p++) sum += (double)a2[(i * Stride) + p] * b2[(p * Columns) + j];
                double expected = i >= rows || j >= columns ? 99 : relu ? Math.Max(0, sum) : sum;
                Assert.Equal(expected, c[(i * Columns) + j], 1e-5);
            }

        void Run(in TileArguments arguments, float* a, float* b, float* start, float* target) =>
            PortableTile.Run(arguments, rows, columns, a, b, start, target);
    }

    [Fact]
    public void FusedTiles_AgreeToTheBitWhereTheyOverlap()
    {
        if (!Fma.IsSupported) return; // the products then never call them
        float[] wide = Compute(Tile.Rows4Vectors3, relu: false, out _, out _, out _);
        float[] narrow = Compute(Tile.Rows4Vectors2, relu: false, out _, out _, out _);
        float[] high = Compute(Tile.Rows8Vectors1, relu: false, out _, out _, out _);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(wide.AsSpan(i * Columns, 16), narrow.AsSpan(i * Columns, 16));
            Assert.Equal(wide.AsSpan(i * Columns, 8), high.AsSpan(i * Columns, 8));
        }
    }

    private delegate void Kernel(in TileArguments arguments, float* a, float* b, float* start, float* c);

    private static float[] Compute(Kernel kernel, bool relu, out float[] a, out float[] b, out float[] start)
    {
        Random random = new(9);
        a = Numbers(8 * Stride);
        b = Numbers(Depth * Columns);
        start = Numbers(8 * Columns);
        float[] c = new float[8 * Columns];
        Array.Fill(c, 99f);
        TileArguments arguments = new()
        {
            Depth = Depth,
            RowOfA = Stride,
            StepOfA = 1,
            StepOfB = Columns,
            RowOfStart = Columns,
            RowOfC = Columns,
            Relu = relu,
        };
        fixed (float* aStart = a, bStart = b, first = start, cStart = c) kernel(arguments, aStart, bStart, first, cStart);
        return c;

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
