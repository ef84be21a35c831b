using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

public sealed class GemmTests
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 7, 8, 9, 16, 24, 33, 100];

    // Beyond one block of the depth (256) and of the rows (256), and the shapes of small networks.
    private static readonly (int M, int N, int K)[] Large =
        [(270, 40, 520), (5, 130, 257), (256, 100, 100), (100, 100, 256), (512, 128, 128), (256, 1, 600), (1, 129, 515), (600, 2, 300), (300, 33, 2), (301, 50, 300)];

    public static TheoryData<bool, bool, bool> Flags()
    {
        TheoryData<bool, bool, bool> data = [];
        for (int flags = 0; flags < 8; flags++) data.Add((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        return data;
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Run_OnAnyShape_IsTheTripleLoop(bool transposeA, bool transposeB, bool accumulate)
    {
        Random random = new(1);
        foreach (var (m, n, k) in Shapes())
        {
            Guarded<float> a = new(m * k, random), b = new(k * n, random), c = new(m * n, random);
            float[] before = c.Span.ToArray();
            Gemm.Run(transposeA, transposeB, m, n, k, a.Span, b.Span, c.Span, accumulate);
            double excess = GemmReference.Excess<float>(transposeA, transposeB, m, n, k, a.Span, b.Span, (i, j) => accumulate ? before[(i * n) + j] : 0, c.Span);
            Assert.True(excess == 0 && c.WallsStand, $"m {m}, n {n}, k {k}: off by {excess}, walls {c.WallsStand}");
        }
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Run_InDouble_IsTheTripleLoop(bool transposeA, bool transposeB, bool accumulate)
    {
        Random random = new(2);
        foreach (var (m, n, k) in Shapes())
        {
            Guarded<double> a = new(m * k, random), b = new(k * n, random), c = new(m * n, random);
            double[] before = c.Span.ToArray();
            Gemm.Run(transposeA, transposeB, m, n, k, a.Span, b.Span, c.Span, accumulate);
            double excess = GemmReference.Excess<double>(transposeA, transposeB, m, n, k, a.Span, b.Span, (i, j) => accumulate ? before[(i * n) + j] : 0, c.Span);
            Assert.True(excess == 0 && c.WallsStand, $"m {m}, n {n}, k {k}: off by {excess}, walls {c.WallsStand}");
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Linear_OnAnyShape_IsTheTripleLoop(bool withBias, bool relu)
    {
        Random random = new(3);
        foreach (var (m, n, k) in Shapes())
        {
            Guarded<float> x = new(m * k, random), weight = new(n * k, random), bias = new(n, random), y = new(m * n, random);
            float[] offsets = bias.Span.ToArray();
            Gemm.Linear(m, k, n, x.Span, weight.Span, withBias ? bias.Span : [], y.Span, relu);
            double excess = GemmReference.Excess<float>(false, true, m, n, k, x.Span, weight.Span, (_, j) => withBias ? offsets[j] : 0, y.Span, relu);
            Assert.True(excess == 0 && y.WallsStand, $"rows {m}, outputs {n}, inputs {k}: off by {excess}, walls {y.WallsStand}");
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Linear_InDouble_IsTheTripleLoop(bool withBias, bool relu)
    {
        Random random = new(4);
        foreach (var (m, n, k) in Shapes())
        {
            Guarded<double> x = new(m * k, random), weight = new(n * k, random), bias = new(n, random), y = new(m * n, random);
            double[] offsets = bias.Span.ToArray();
            Gemm.Linear(m, k, n, x.Span, weight.Span, withBias ? bias.Span : [], y.Span, relu);
            double excess = GemmReference.Excess<double>(false, true, m, n, k, x.Span, weight.Span, (_, j) => withBias ? offsets[j] : 0, y.Span, relu);
            Assert.True(excess == 0 && y.WallsStand, $"rows {m}, outputs {n}, inputs {k}: off by {excess}, walls {y.WallsStand}");
        }
    }

    [Theory]
    [InlineData(1, 9, 20)]
    [InlineData(9, 1, 20)]
    [InlineData(9, 9, 1)]
    [InlineData(9, 9, 2)]
    [InlineData(9, 9, 20)]
    [InlineData(9, 30, 20)]
    public void Linear_WithNotANumber_KeepsItThroughRelu(int rows, int outputs, int inputs)
    {
        float[] x = new float[rows * inputs], weight = new float[outputs * inputs], y = new float[rows * outputs];
        Array.Fill(x, -1f);
        Array.Fill(weight, 1f);
        x[^1] = float.NaN;
        Gemm.Linear(rows, inputs, outputs, x, weight, [], y, relu: true);
        Assert.All(y[..^outputs], v => Assert.Equal(0f, v));
        Assert.All(y[^outputs..], v => Assert.True(float.IsNaN(v)));
    }

    [Theory]
    [InlineData(1, 9, 20)]
    [InlineData(9, 1, 20)]
    [InlineData(9, 9, 2)]
    [InlineData(9, 30, 20)]
    public void Run_WithInfinityTimesZero_IsNotANumber(int m, int n, int k)
    {
        float[] a = new float[m * k], b = new float[k * n], c = new float[m * n];
        a[0] = float.PositiveInfinity; // row 0 of A against zeros of B
        Gemm.Run(false, false, m, n, k, a, b, c, accumulate: false);
        Assert.All(c[..n], v => Assert.True(float.IsNaN(v)));
        Assert.All(c[n..], v => Assert.Equal(0f, v));
    }

    [Fact]
    public void Run_WithShortSpan_Throws()
    {
        Assert.Throws<ArgumentException>("a", () => Gemm.Run(false, false, 2, 3, 4, new float[7], new float[12], new float[6], false));
        Assert.Throws<ArgumentException>("b", () => Gemm.Run(false, false, 2, 3, 4, new float[8], new float[11], new float[6], false));
        Assert.Throws<ArgumentException>("c", () => Gemm.Run(false, false, 2, 3, 4, new float[8], new float[12], new float[5], false));
        Assert.Throws<ArgumentException>("bias", () => Gemm.Linear(2, 4, 3, new float[8], new float[12], new float[2], new float[6], false));
        Assert.Throws<ArgumentException>(() => Gemm.Run(false, false, -1, 3, 4, new float[8], new float[12], new float[6], false));
    }

    private static IEnumerable<(int M, int N, int K)> Shapes() =>
        (from m in Lengths from n in Lengths from k in Lengths select (m, n, k)).Concat(Large);
}
