using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>One matrix times one vector, which reads each element of the matrix once and is bound by that.</summary>
/// <remarks>
/// A matrix of rows [count, depth] takes dot products: each lane sums every eighth (float) or fourth (double) product, then the lanes are added.
/// A matrix of columns [depth, count] adds its rows weighted by the vector: the even and the odd ones apart. Both orders follow from the shape alone.
/// </remarks>
internal unsafe struct VectorProduct<T> where T : unmanaged, INumberBase<T>
{
    internal T* Matrix, Vector, Start, Result; // Start: null for 0
    internal int Count, Depth;
    internal nint VectorStep, StartStep; // 1, or 0 for one value throughout; dot products need a vector
    internal bool Columns, Relu;

    private const int BlockVectors = 4;

    private static readonly Action<VectorProduct<T>, int, int> s_dots = static (product, from, to) =>
        product.Dots(from * BlockVectors, Math.Min(to * BlockVectors, product.Count));
    private static readonly Action<VectorProduct<T>, int, int> s_sums = static (product, from, to) => product.Sums(from, to);

    private static int Lanes => Vector256<T>.Count;

    /// <summary>Computes the result, dealt to the workers by blocks of it.</summary>
    internal static void Run(in VectorProduct<T> product)
    {
        int block = product.Columns ? BlockVectors * Lanes : BlockVectors, blocks = ((product.Count - 1) / block) + 1;
        // A product takes 4 to 8 bytes from memory and counts like several of a product of matrices.
        Workers.For(blocks, 4L * block * product.Depth, product, product.Columns ? s_sums : s_dots);
    }

    private readonly void Write(int index, T sum)
    {
        if (Start != null) sum += Start[index * StartStep];
        Result[index] = Relu && T.IsNegative(sum) && !T.IsNaN(sum) ? T.Zero : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Dots(int from, int to)
    {
        for (int i = from; i < to; i += BlockVectors)
        {
            int last = to - 1; // rows beyond the last repeat it
            T* m0 = Matrix + ((nint)i * Depth), m1 = Matrix + (Math.Min(i + 1, last) * (nint)Depth);
            T* m2 = Matrix + (Math.Min(i + 2, last) * (nint)Depth), m3 = Matrix + (Math.Min(i + 3, last) * (nint)Depth);
            Vector256<T> sums = Depth < Lanes
                ? Vector256.CreateScalar(Dot(m0)).WithElement(1, Dot(m1)).WithElement(2, Dot(m2)).WithElement(3, Dot(m3))
                : Dots4(m0, m1, m2, m3);
            for (int row = i; row < Math.Min(i + BlockVectors, to); row++) Write(row, sums[row - i]);
        }
    }

    private readonly T Dot(T* row)
    {
        T sum = T.Zero;
        for (int p = 0; p < Depth; p++) sum = T.MultiplyAddEstimate(row[p], Vector[p], sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Vector256<T> Dots4(T* m0, T* m1, T* m2, T* m3)
    {
        Vector256<T> s0 = Vector256<T>.Zero, s1 = s0, s2 = s0, s3 = s0;
        T* x = Vector;
        int whole = Depth - (Depth % Lanes);
        for (int p = 0; p < whole; p += Lanes)
        {
            Vector256<T> v = Vector256.Load(x + p);
            s0 = Lane.MultiplyAdd(Vector256.Load(m0 + p), v, s0);
            s1 = Lane.MultiplyAdd(Vector256.Load(m1 + p), v, s1);
            s2 = Lane.MultiplyAdd(Vector256.Load(m2 + p), v, s2);
            s3 = Lane.MultiplyAdd(Vector256.Load(m3 + p), v, s3);
        }

        if (whole < Depth)
        {
            // The last vector reaches back over products already counted: those lanes become 0 times 0.
            int p = Depth - Lanes;
            Vector256<T> fresh = Vector256.GreaterThanOrEqual(Vector256<T>.Indices, Vector256.Create(T.CreateChecked(whole - p)));
            Vector256<T> v = Vector256.Load(x + p) & fresh;
            s0 = Lane.MultiplyAdd(Vector256.Load(m0 + p) & fresh, v, s0);
            s1 = Lane.MultiplyAdd(Vector256.Load(m1 + p) & fresh, v, s1);
            s2 = Lane.MultiplyAdd(Vector256.Load(m2 + p) & fresh, v, s2);
            s3 = Lane.MultiplyAdd(Vector256.Load(m3 + p) & fresh, v, s3);
        }

        Vector256<T> sums = Vector256.CreateScalar(Vector256.Sum(s0));
        return sums.WithElement(1, Vector256.Sum(s1)).WithElement(2, Vector256.Sum(s2)).WithElement(3, Vector256.Sum(s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sums(int from, int to)
    {
        int block = BlockVectors * Lanes;
        T* sums = stackalloc T[BlockVectors * 8];
        for (int j = from * block; j < Math.Min(to * block, Count); j += block)
        {
            int columns = Math.Min(block, Count - j), done = 0;
            if (columns == block)
            {
                Sums4(Matrix + j, sums);
                done = block;
            }

            for (; done + Lanes <= columns; done += Lanes) Sums1(Matrix + j + done, sums + done);
            if (done < columns && Count >= Lanes)
            {
                // The last vector reaches back over columns already summed; only its end is kept.
                Vector256<T> end = Sums1(Matrix + Count - Lanes);
                for (int lane = Lanes - (columns - done); done < columns; lane++) sums[done++] = end[lane];
            }

            for (; done < columns; done++) sums[done] = SumOfColumn(Matrix + j + done);
            for (int i = 0; i < columns; i++) Write(j + i, sums[i]);
        }
    }

    private readonly void Sums1(T* column, T* sums) => Sums1(column).Store(sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Vector256<T> Sums1(T* column)
    {
        Vector256<T> even = Vector256<T>.Zero, odd = even;
        T* x = Vector;
        nint stride = Count, step = VectorStep;
        int p = 0;
        for (; p < Depth - 1; p += 2, x += 2 * step, column += 2 * stride)
        {
            even = Lane.MultiplyAdd(Lane.Broadcast(x), Vector256.Load(column), even);
            odd = Lane.MultiplyAdd(Lane.Broadcast(x + step), Vector256.Load(column + stride), odd);
        }

        if (p < Depth) even = Lane.MultiplyAdd(Lane.Broadcast(x), Vector256.Load(column), even);
        return even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sums4(T* column, T* sums)
    {
        int lanes = Lanes;
        Vector256<T> e0 = Vector256<T>.Zero, e1 = e0, e2 = e0, e3 = e0, o0 = e0, o1 = e0, o2 = e0, o3 = e0;
        T* x = Vector;
        nint stride = Count, step = VectorStep;
        int p = 0;
        for (; p < Depth - 1; p += 2, x += 2 * step, column += 2 * stride)
        {
            Vector256<T> w = Lane.Broadcast(x);
            e0 = Lane.MultiplyAdd(w, Vector256.Load(column), e0);
            e1 = Lane.MultiplyAdd(w, Vector256.Load(column + lanes), e1);
            e2 = Lane.MultiplyAdd(w, Vector256.Load(column + (2 * lanes)), e2);
            e3 = Lane.MultiplyAdd(w, Vector256.Load(column + (3 * lanes)), e3);
            w = Lane.Broadcast(x + step);
            T* second = column + stride;
            o0 = Lane.MultiplyAdd(w, Vector256.Load(second), o0);
            o1 = Lane.MultiplyAdd(w, Vector256.Load(second + lanes), o1);
            o2 = Lane.MultiplyAdd(w, Vector256.Load(second + (2 * lanes)), o2);
            o3 = Lane.MultiplyAdd(w, Vector256.Load(second + (3 * lanes)), o3);
        }

        if (p < Depth)
        {
            Vector256<T> w = Lane.Broadcast(x);
            e0 = Lane.MultiplyAdd(w, Vector256.Load(column), e0);
            e1 = Lane.MultiplyAdd(w, Vector256.Load(column + lanes), e1);
            e2 = Lane.MultiplyAdd(w, Vector256.Load(column + (2 * lanes)), e2);
            e3 = Lane.MultiplyAdd(w, Vector256.Load(column + (3 * lanes)), e3);
        }

        (e0 + o0).Store(sums);
        (e1 + o1).Store(sums + lanes);
        (e2 + o2).Store(sums + (2 * lanes));
        (e3 + o3).Store(sums + (3 * lanes));
    }

    private readonly T SumOfColumn(T* column)
    {
        T sum = T.Zero;
        for (int p = 0; p < Depth; p++) sum = T.MultiplyAddEstimate(Vector[p * VectorStep], column[p * (nint)Count], sum);
        return sum;
    }
}
