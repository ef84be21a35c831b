using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Kernels;

/// <summary>The few vector operations that generic code over float and double cannot name; the compiler resolves the type tests.</summary>
internal static unsafe class Lane
{
    /// <summary>a * b + c for each lane: rounded once where the processor has the fused form, twice elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c) where T : unmanaged
    {
        if (!Fma.IsSupported) return (a * b) + c;
        return typeof(T) == typeof(float)
            ? Fma.MultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Fma.MultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
    }

    /// <summary>max(0, value) for each lane, NaN stays NaN as in PyTorch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> Relu<T>(Vector256<T> value) where T : unmanaged
    {
        // The instruction returns its second operand when either is NaN, which is one operation less than Vector256.Max.
        if (!Avx.IsSupported) return Vector256.Max(Vector256<T>.Zero, value);
        return typeof(T) == typeof(float)
            ? Avx.Max(Vector256<float>.Zero, value.AsSingle()).As<float, T>()
            : Avx.Max(Vector256<double>.Zero, value.AsDouble()).As<double, T>();
    }

    /// <summary>The value in every lane, read by one broadcast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> Broadcast<T>(T* source) where T : unmanaged
    {
        if (!Avx.IsSupported) return Vector256.Create(*source);
        return typeof(T) == typeof(float)
            ? Avx.BroadcastScalarToVector256((float*)source).As<float, T>()
            : Avx.BroadcastScalarToVector256((double*)source).As<double, T>();
    }
}
