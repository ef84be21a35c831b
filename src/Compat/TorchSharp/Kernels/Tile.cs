using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>The innermost products: a tile of C held in registers, C = start + A B.</summary>
/// <remarks>
/// Each element of C is one chain of fused multiply-adds in the order of k, whatever the tile. So the bits depend neither on the
/// tile that computes an element nor on how the tiles are dealt to threads. Two fused multiply-adds per cycle with a latency of
/// four need at least eight independent chains: the tiles hold 12, 8 and 8 of the 16 vector registers.
/// </remarks>
internal static unsafe class Tile
{
    /// <summary>4 rows of 3 vectors: 12 chains, 7 loads for 12 multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows4Vectors3<T>(in TileArguments arguments, T* a, T* b, T* start, T* c) where T : unmanaged
    {
        int width = Vector256<T>.Count;
        nint row = arguments.RowOfA, stepOfA = arguments.StepOfA, stepOfB = arguments.StepOfB, next = arguments.RowOfStart;
        T* third = a + (2 * row);
        Vector256<T> c00 = Vector256.Load(start), c01 = Vector256.Load(start + width), c02 = Vector256.Load(start + (2 * width));
        start += next;
        Vector256<T> c10 = Vector256.Load(start), c11 = Vector256.Load(start + width), c12 = Vector256.Load(start + (2 * width));
        start += next;
        Vector256<T> c20 = Vector256.Load(start), c21 = Vector256.Load(start + width), c22 = Vector256.Load(start + (2 * width));
        start += next;
        Vector256<T> c30 = Vector256.Load(start), c31 = Vector256.Load(start + width), c32 = Vector256.Load(start + (2 * width));
        for (nint p = arguments.Depth; p > 0; p--)
        {
            Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + width), b2 = Vector256.Load(b + (2 * width));
            Vector256<T> x = Lane.Broadcast(a);
            c00 = Lane.MultiplyAdd(x, b0, c00);
            c01 = Lane.MultiplyAdd(x, b1, c01);
            c02 = Lane.MultiplyAdd(x, b2, c02);
            x = Lane.Broadcast(a + row);
            c10 = Lane.MultiplyAdd(x, b0, c10);
            c11 = Lane.MultiplyAdd(x, b1, c11);
            c12 = Lane.MultiplyAdd(x, b2, c12);
            x = Lane.Broadcast(third);
            c20 = Lane.MultiplyAdd(x, b0, c20);
            c21 = Lane.MultiplyAdd(x, b1, c21);
            c22 = Lane.MultiplyAdd(x, b2, c22);
            x = Lane.Broadcast(third + row);
            c30 = Lane.MultiplyAdd(x, b0, c30);
            c31 = Lane.MultiplyAdd(x, b1, c31);
            c32 = Lane.MultiplyAdd(x, b2, c32);
            a += stepOfA;
            third += stepOfA;
            b += stepOfB;
        }

        bool relu = arguments.Relu;
        Store3(c, c00, c01, c02, relu);
        Store3(c + arguments.RowOfC, c10, c11, c12, relu);
        Store3(c + (2 * arguments.RowOfC), c20, c21, c22, relu);
        Store3(c + (3 * arguments.RowOfC), c30, c31, c32, relu);
    }

    /// <summary>4 rows of 2 vectors: 8 chains, 6 loads for 8 multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows4Vectors2<T>(in TileArguments arguments, T* a, T* b, T* start, T* c) where T : unmanaged
    {
        int width = Vector256<T>.Count;
        nint row = arguments.RowOfA, stepOfA = arguments.StepOfA, stepOfB = arguments.StepOfB, next = arguments.RowOfStart;
        T* third = a + (2 * row);
        Vector256<T> c00 = Vector256.Load(start), c01 = Vector256.Load(start + width);
        Vector256<T> c10 = Vector256.Load(start + next), c11 = Vector256.Load(start + next + width);
        start += 2 * next;
        Vector256<T> c20 = Vector256.Load(start), c21 = Vector256.Load(start + width);
        Vector256<T> c30 = Vector256.Load(start + next), c31 = Vector256.Load(start + next + width);
        for (nint p = arguments.Depth; p > 0; p--)
        {
            Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + width);
            Vector256<T> x = Lane.Broadcast(a), y = Lane.Broadcast(a + row);
            c00 = Lane.MultiplyAdd(x, b0, c00);
            c01 = Lane.MultiplyAdd(x, b1, c01);
            c10 = Lane.MultiplyAdd(y, b0, c10);
            c11 = Lane.MultiplyAdd(y, b1, c11);
            x = Lane.Broadcast(third);
            y = Lane.Broadcast(third + row);
            c20 = Lane.MultiplyAdd(x, b0, c20);
            c21 = Lane.MultiplyAdd(x, b1, c21);
            c30 = Lane.MultiplyAdd(y, b0, c30);
            c31 = Lane.MultiplyAdd(y, b1, c31);
            a += stepOfA;
            third += stepOfA;
            b += stepOfB;
        }

        bool relu = arguments.Relu;
        Store2(c, c00, c01, relu);
        Store2(c + arguments.RowOfC, c10, c11, relu);
        Store2(c + (2 * arguments.RowOfC), c20, c21, relu);
        Store2(c + (3 * arguments.RowOfC), c30, c31, relu);
    }

    /// <summary>8 rows of 1 vector: 8 chains, 9 loads for 8 multiply-adds; only for products as narrow as one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows8Vectors1<T>(in TileArguments arguments, T* a, T* b, T* start, T* c) where T : unmanaged
    {
        nint row = arguments.RowOfA, stepOfA = arguments.StepOfA, stepOfB = arguments.StepOfB, next = arguments.RowOfStart;
        T* second = a + (4 * row);
        Vector256<T> c0 = Vector256.Load(start), c1 = Vector256.Load(start + next);
        Vector256<T> c2 = Vector256.Load(start + (2 * next)), c3 = Vector256.Load(start + (3 * next));
        start += 4 * next;
        Vector256<T> c4 = Vector256.Load(start), c5 = Vector256.Load(start + next);
        Vector256<T> c6 = Vector256.Load(start + (2 * next)), c7 = Vector256.Load(start + (3 * next));
        for (nint p = arguments.Depth; p > 0; p--)
        {
            Vector256<T> b0 = Vector256.Load(b);
            c0 = Lane.MultiplyAdd(Lane.Broadcast(a), b0, c0);
            c1 = Lane.MultiplyAdd(Lane.Broadcast(a + row), b0, c1);
            c2 = Lane.MultiplyAdd(Lane.Broadcast(a + (2 * row)), b0, c2);
            c3 = Lane.MultiplyAdd(Lane.Broadcast(a + (3 * row)), b0, c3);
            c4 = Lane.MultiplyAdd(Lane.Broadcast(second), b0, c4);
            c5 = Lane.MultiplyAdd(Lane.Broadcast(second + row), b0, c5);
            c6 = Lane.MultiplyAdd(Lane.Broadcast(second + (2 * row)), b0, c6);
            c7 = Lane.MultiplyAdd(Lane.Broadcast(second + (3 * row)), b0, c7);
            a += stepOfA;
            second += stepOfA;
            b += stepOfB;
        }

        bool relu = arguments.Relu;
        Store2(c, c0, c1, arguments.RowOfC, relu);
        Store2(c + (2 * arguments.RowOfC), c2, c3, arguments.RowOfC, relu);
        Store2(c + (4 * arguments.RowOfC), c4, c5, arguments.RowOfC, relu);
        Store2(c + (6 * arguments.RowOfC), c6, c7, arguments.RowOfC, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store3<T>(T* c, Vector256<T> v0, Vector256<T> v1, Vector256<T> v2, bool relu) where T : unmanaged
    {
        Store2(c, v0, v1, relu);
        (relu ? Lane.Relu(v2) : v2).Store(c + (2 * Vector256<T>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2<T>(T* c, Vector256<T> v0, Vector256<T> v1, bool relu) where T : unmanaged =>
        Store2(c, v0, v1, Vector256<T>.Count, relu);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2<T>(T* c, Vector256<T> v0, Vector256<T> v1, nint second, bool relu) where T : unmanaged
    {
        if (relu)
        {
            v0 = Lane.Relu(v0);
            v1 = Lane.Relu(v1);
        }

        v0.Store(c);
        v1.Store(c + second);
    }
}
