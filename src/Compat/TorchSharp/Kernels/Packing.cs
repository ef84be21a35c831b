using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Kernels;

/// <summary>Copies operands into the order in which a tile reads them: [depth, width], so that every vector is aligned and contiguous.</summary>
internal static unsafe class Packing
{
    /// <summary>Copies a short row, without the cost of a call to the general copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Copy<T>(T* source, int count, T* target) where T : unmanaged
    {
        int j = 0;
        for (; j <= count - Vector256<T>.Count; j += Vector256<T>.Count) Vector256.Load(source + j).Store(target + j);
        if (j <= count - Vector128<T>.Count)
        {
            Vector128.Load(source + j).Store(target + j);
            j += Vector128<T>.Count;
        }

        for (; j < count; j++) target[j] = source[j];
    }

    /// <summary>Columns of a matrix whose columns already lie side by side.</summary>
    /// <param name="source">[depth, columns] with rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Elements from row to row.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Valid columns, 1 to <paramref name="width"/>; the others become 0.</param>
    /// <param name="width">Columns of the panel.</param>
    /// <param name="panel">[depth, width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows<T>(T* source, nint stride, int depth, int columns, int width, T* panel) where T : unmanaged
    {
        // The widths of whole panels of B and of whole tiles of A get loops without inner branches.
        if (columns == width && columns == 3 * Vector256<T>.Count)
            for (int p = 0; p < depth; p++, source += stride, panel += width) Copy3(source, panel);
        else if (columns == width && columns == 2 * Vector256<T>.Count)
            for (int p = 0; p < depth; p++, source += stride, panel += width) Copy2(source, panel);
        else if (columns == width && columns * sizeof(T) == Vector256<byte>.Count)
            for (int p = 0; p < depth; p++, source += stride, panel += width) Vector256.Load(source).StoreAligned(panel);
        else if (columns == width && columns * sizeof(T) == Vector128<byte>.Count)
            for (int p = 0; p < depth; p++, source += stride, panel += width) Vector128.Load(source).StoreAligned(panel);
        else
            PaddedRows(source, stride, depth, columns, width, panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy3<T>(T* source, T* target) where T : unmanaged
    {
        Copy2(source, target);
        Vector256.Load(source + (2 * Vector256<T>.Count)).StoreAligned(target + (2 * Vector256<T>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy2<T>(T* source, T* target) where T : unmanaged
    {
        Vector256.Load(source).StoreAligned(target);
        Vector256.Load(source + Vector256<T>.Count).StoreAligned(target + Vector256<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PaddedRows<T>(T* source, nint stride, int depth, int columns, int width, T* panel) where T : unmanaged
    {
        for (int p = 0; p < depth; p++, source += stride, panel += width)
        {
            Copy(source, columns, panel);
            for (int j = columns; j < width; j++) panel[j] = default;
        }
    }

    /// <summary>Columns of a matrix that is stored transposed.</summary>
    /// <param name="source">[columns, depth] with rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Elements from row to row.</param>
    /// <param name="depth">Elements to take of each row.</param>
    /// <param name="columns">Valid columns of the panel, 1 to <paramref name="width"/>: rows of the source; the others become 0.</param>
    /// <param name="width">Columns of the panel.</param>
    /// <param name="panel">[depth, width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transposed<T>(T* source, nint stride, int depth, int columns, int width, T* panel) where T : unmanaged
    {
        int lanes = Vector256<T>.Count;
        for (int j = 0; j < width; j += lanes)
        {
            int valid = Math.Clamp(columns - j, 0, lanes);
            T* rows = source + (j * stride);
            if (Avx.IsSupported && valid == lanes && depth >= lanes)
                Blocks(rows, stride, depth, width, panel + j);
            else
                Scalars(rows, stride, depth, valid, Math.Min(lanes, width - j), width, panel + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<T>(T* source, nint stride, int depth, int width, T* panel) where T : unmanaged
    {
        int lanes = Vector256<T>.Count;
        for (int p = 0; p < depth; p += lanes)
        {
            int from = Math.Min(p, depth - lanes); // The last block repeats some rows rather than going one by one.
            if (typeof(T) == typeof(float))
                Block((float*)(source + from), stride, width, (float*)(panel + (from * width)));
            else
                Block((double*)(source + from), stride, width, (double*)(panel + (from * width)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scalars<T>(T* source, nint stride, int depth, int valid, int columns, int width, T* panel) where T : unmanaged
    {
        for (int p = 0; p < depth; p++, panel += width)
        {
            for (int j = 0; j < valid; j++) panel[j] = source[(j * stride) + p];
            for (int j = valid; j < columns; j++) panel[j] = default;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* source, nint stride, int width, float* panel)
    {
        // 8 x 8: pairs, then quadruples within halves, then the halves change places.
        float* lower = source + (4 * stride);
        Vector256<float> a0 = Halves(source, lower), a1 = Halves(source + stride, lower + stride);
        Vector256<float> a2 = Halves(source + (2 * stride), lower + (2 * stride)), a3 = Halves(source + (3 * stride), lower + (3 * stride));
        Quadruple(a0, a1, a2, a3, width, panel);
        source += 4;
        lower += 4;
        a0 = Halves(source, lower);
        a1 = Halves(source + stride, lower + stride);
        a2 = Halves(source + (2 * stride), lower + (2 * stride));
        a3 = Halves(source + (3 * stride), lower + (3 * stride));
        Quadruple(a0, a1, a2, a3, width, panel + (4 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* upper, float* lower) =>
        Avx.InsertVector128(Vector128.Load(upper).ToVector256Unsafe(), Vector128.Load(lower), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quadruple(Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3, int width, float* panel)
    {
        Vector256<float> b0 = Avx.UnpackLow(a0, a1), b1 = Avx.UnpackHigh(a0, a1), b2 = Avx.UnpackLow(a2, a3), b3 = Avx.UnpackHigh(a2, a3);
        Avx.Shuffle(b0, b2, 0x44).StoreAligned(panel);
        Avx.Shuffle(b0, b2, 0xEE).StoreAligned(panel + width);
        Avx.Shuffle(b1, b3, 0x44).StoreAligned(panel + (2 * width));
        Avx.Shuffle(b1, b3, 0xEE).StoreAligned(panel + (3 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(double* source, nint stride, int width, double* panel)
    {
        Vector256<double> a0 = Vector256.Load(source), a1 = Vector256.Load(source + stride);
        Vector256<double> a2 = Vector256.Load(source + (2 * stride)), a3 = Vector256.Load(source + (3 * stride));
        Vector256<double> b0 = Avx.UnpackLow(a0, a1), b1 = Avx.UnpackHigh(a0, a1), b2 = Avx.UnpackLow(a2, a3), b3 = Avx.UnpackHigh(a2, a3);
        Avx.Permute2x128(b0, b2, 0x20).StoreAligned(panel);
        Avx.Permute2x128(b1, b3, 0x20).StoreAligned(panel + width);
        Avx.Permute2x128(b0, b2, 0x31).StoreAligned(panel + (2 * width));
        Avx.Permute2x128(b1, b3, 0x31).StoreAligned(panel + (3 * width));
    }
}
