using System.Numerics;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>The tile for processors without fused multiply-adds of 256 bits: the same contract as <see cref="Tile"/>, any height and width.</summary>
internal static unsafe class PortableTile
{
    /// <summary>C = start + A B for rows * columns elements, summed in the order of k, each product and each sum rounded.</summary>
    /// <param name="arguments">Lengths and strides.</param>
    /// <param name="rows">Rows of the tile, a multiple of 4.</param>
    /// <param name="columns">Columns of the tile, a multiple of the lanes of 128 bits.</param>
    /// <param name="a">The first element of A.</param>
    /// <param name="b">The first element of B.</param>
    /// <param name="start">The start values.</param>
    /// <param name="c">The tile of C.</param>
    internal static void Run<T>(in TileArguments arguments, int rows, int columns, T* a, T* b, T* start, T* c)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < rows; i += 4)
            for (int j = 0; j < columns; j += Vector128<T>.Count)
                Rows4(arguments, a + (i * arguments.RowOfA), b + j, start + (i * arguments.RowOfStart) + j, c + (i * arguments.RowOfC) + j);
    }

    private static void Rows4<T>(in TileArguments arguments, T* a, T* b, T* start, T* c) where T : unmanaged, INumberBase<T>
    {
        nint row = arguments.RowOfA, next = arguments.RowOfStart;
        Vector128<T> c0 = Vector128.Load(start), c1 = Vector128.Load(start + next);
        Vector128<T> c2 = Vector128.Load(start + (2 * next)), c3 = Vector128.Load(start + (3 * next));
        for (nint p = arguments.Depth; p > 0; p--)
        {
            Vector128<T> b0 = Vector128.Load(b);
            c0 += Vector128.Create(*a) * b0;
            c1 += Vector128.Create(a[row]) * b0;
            c2 += Vector128.Create(a[2 * row]) * b0;
            c3 += Vector128.Create(a[3 * row]) * b0;
            a += arguments.StepOfA;
            b += arguments.StepOfB;
        }

        Store(c, c0, arguments.Relu);
        Store(c + arguments.RowOfC, c1, arguments.Relu);
        Store(c + (2 * arguments.RowOfC), c2, arguments.Relu);
        Store(c + (3 * arguments.RowOfC), c3, arguments.Relu);
    }

    private static void Store<T>(T* c, Vector128<T> value, bool relu) where T : unmanaged =>
        (relu ? Vector128.Max(Vector128<T>.Zero, value) : value).Store(c);
}
