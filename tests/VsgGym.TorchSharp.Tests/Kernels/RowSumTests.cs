using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

public sealed class RowSumTests
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 100, 256];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_OnAnyShape_IsTheSum(bool accumulate)
    {
        Random random = new(8);
        foreach (int rows in Lengths)
            foreach (int columns in Lengths)
            {
                Guarded<float> x = new(rows * columns, random), sums = new(columns, random);
                Guarded<double> xd = new(rows * columns, random), sumsd = new(columns, random);
                float[] before = sums.Span.ToArray();
                double[] befored = sumsd.Span.ToArray();
                RowSum.Run(rows, columns, x.Span, sums.Span, accumulate);
                RowSum.Run(rows, columns, xd.Span, sumsd.Span, accumulate);
                for (int j = 0; j < columns; j++)
                {
                    double expected = accumulate ? before[j] : 0, expectedd = accumulate ? befored[j] : 0;
                    for (int i = 0; i < rows; i++) expected += x.Span[(i * columns) + j];
                    for (int i = 0; i < rows; i++) expectedd += xd.Span[(i * columns) + j];
                    Assert.Equal(expected, sums.Span[j], (rows + 1) * rows * 1.2e-7);
                    Assert.Equal(expectedd, sumsd.Span[j], (rows + 1) * rows * 2.3e-16);
                }

                Assert.True(sums.WallsStand && sumsd.WallsStand);
            }
    }

    [Fact]
    public void Run_WithShortSpan_Throws()
    {
        Assert.Throws<ArgumentException>("x", () => RowSum.Run(2, 3, new float[5], new float[3], false));
        Assert.Throws<ArgumentException>("sums", () => RowSum.Run(2, 3, new float[6], new float[2], false));
    }
}
