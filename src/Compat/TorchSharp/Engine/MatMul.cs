using TorchSharp.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Products of matrices and batches of them, reading transposed views where they lie.</summary>
internal static class MatMul
{
    /// <summary>[m, k] by [k, n].</summary>
    internal static TensorCore TwoD(TensorCore a, TensorCore b)
    {
        TorchError.Require(a.Shape[1] == b.Shape[0], $"mat1 and mat2 shapes cannot be multiplied ({a.Shape[0]}x{a.Shape[1]} and {b.Shape[0]}x{b.Shape[1]})");
        TorchError.Require(a.Type == b.Type, $"expected m1 and m2 to have the same dtype, but got: {a.Type} != {b.Type}");
        TensorCore left = Matrix(a, out bool transposeA);
        TensorCore right = Matrix(b, out bool transposeB);
        var r = new TensorCore([a.Shape[0], b.Shape[1]], a.Type);
        Product(transposeA, transposeB, (int)a.Shape[0], (int)b.Shape[1], (int)a.Shape[1], left, 0, right, 0, r, 0);
        left.Release();
        right.Release();
        return r;
    }

    /// <summary>[batch, m, k] by [batch, k, n].</summary>
    internal static TensorCore Batched(TensorCore a, TensorCore b)
    {
        TorchError.Require(a.Shape[0] == b.Shape[0] && a.Shape[2] == b.Shape[1], $"batch1 and batch2 shapes cannot be multiplied ({Shapes.Text(a.Shape)} and {Shapes.Text(b.Shape)})");
        TorchError.Require(a.Type == b.Type, $"expected scalar type {a.Type} but found {b.Type}");
        TensorCore left = Stack(a, out bool transposeA);
        TensorCore right = Stack(b, out bool transposeB);
        int m = (int)a.Shape[1], n = (int)b.Shape[2], k = (int)a.Shape[2];
        var r = new TensorCore([a.Shape[0], m, n], a.Type);
        for (int i = 0; i < a.Shape[0]; i++) Product(transposeA, transposeB, m, n, k, left, i * m * k, right, i * k * n, r, i * m * n);
        left.Release();
        right.Release();
        return r;
    }

    private static TensorCore Matrix(TensorCore x, out bool transposed)
    {
        transposed = !x.Contiguous && Shapes.IsContiguous([x.Shape[1], x.Shape[0]], [x.Strides[1], x.Strides[0]]);
        return transposed ? new TensorCore(x, [x.Shape[1], x.Shape[0]], [x.Strides[1], x.Strides[0]], x.Offset) : Strided.Dense(x);
    }

    private static TensorCore Stack(TensorCore x, out bool transposed)
    {
        transposed = !x.Contiguous && Shapes.IsContiguous([x.Shape[0], x.Shape[2], x.Shape[1]], [x.Strides[0], x.Strides[2], x.Strides[1]]);
        return transposed ? new TensorCore(x, [x.Shape[0], x.Shape[2], x.Shape[1]], [x.Strides[0], x.Strides[2], x.Strides[1]], x.Offset) : Strided.Dense(x);
    }

    private static void Product(bool transposeA, bool transposeB, int m, int n, int k, TensorCore a, int atA, TensorCore b, int atB, TensorCore r, int atR)
    {
        switch (r.Type)
        {
            case ScalarType.Float32: Gemm.Run(transposeA, transposeB, m, n, k, a.Span<float>().Slice(atA, m * k), b.Span<float>().Slice(atB, k * n), r.Span<float>().Slice(atR, m * n), false); break;
            case ScalarType.Float64: Gemm.Run(transposeA, transposeB, m, n, k, a.Span<double>().Slice(atA, m * k), b.Span<double>().Slice(atB, k * n), r.Span<double>().Slice(atR, m * n), false); break;
            default: throw TorchError.Unsupported("addmm_impl_cpu_", r.Type);
        }
    }
}
