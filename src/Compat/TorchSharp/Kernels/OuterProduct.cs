using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>C [m, n] = start + op(A) [m, k] op(B) [k, n] for k = 1 or 2, row by row: bound by the stores of C.</summary>
/// <remarks>The chain of each element is that of the tiles.</remarks>
internal unsafe struct OuterProduct<T> where T : unmanaged, INumberBase<T>
{
    internal const int MaximumDepth = 2;

    internal T* A, First, Second, Start, C; // [n] each: the two rows of op(B), Second null for k = 1; Start
    internal int M, N;
    internal nint RowOfA, StepOfA;
    internal bool Relu;

    private static readonly Action<OuterProduct<T>, int, int> s_rows = static (product, from, to) => product.Rows(from, to);

    /// <summary>Computes C; the product must not accumulate, and n must be at least one vector.</summary>
    internal static void Run(in Product<T> product)
    {
        int n = product.N, k = product.K;
        T* rows = (T*)Scratch.Rent((nuint)((MaximumDepth + 1) * (long)n * sizeof(T))), start = rows + ((nint)MaximumDepth * n);
        if (product.TransposeB)
            Packing.Transposed(product.B, k, k, n, n, rows);
        else
            Packing.Rows(product.B, n, k, n, n, rows);
        Span<T> starts = new(start, n);
        if (product.Bias == null) starts.Clear();
        else new ReadOnlySpan<T>(product.Bias, n).CopyTo(starts);
        OuterProduct<T> outer = new()
        {
            A = product.A,
            First = rows,
            Second = k == 2 ? rows + n : null,
            Start = start,
            C = product.C,
            M = product.M,
            N = n,
            RowOfA = product.TransposeA ? 1 : k,
            StepOfA = product.TransposeA ? product.M : 1,
            Relu = product.Relu,
        };
        // A store counts like several operations of a product of matrices. The scratch of this thread lives until all have ended.
        Workers.For(outer.M, 16L * n, outer, s_rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Rows(int from, int to)
    {
        int lanes = Vector256<T>.Count;
        for (int i = from; i < to; i++)
        {
            T* a = A + (i * RowOfA), c = C + ((nint)i * N);
            Vector256<T> x = Lane.Broadcast(a), y = Second == null ? default : Lane.Broadcast(a + StepOfA);
            for (int next = 0; next < N; next += lanes)
            {
                int j = Math.Min(next, N - lanes); // The last vector computes some elements again, with equal bits.
                Vector256<T> sum = Lane.MultiplyAdd(x, Vector256.Load(First + j), Vector256.Load(Start + j));
                if (Second != null) sum = Lane.MultiplyAdd(y, Vector256.Load(Second + j), sum);
                (Relu ? Lane.Relu(sum) : sum).Store(c + j);
            }
        }
    }
}
