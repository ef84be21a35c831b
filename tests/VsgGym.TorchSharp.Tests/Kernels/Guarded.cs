using System.Numerics;

namespace VsgGym.TorchSharp.Tests.Kernels;

/// <summary>Random numbers between walls of NaN: what reads past an end becomes NaN, what writes past it is found.</summary>
internal sealed class Guarded<T> where T : unmanaged, INumberBase<T>
{
    private const int Wall = 40;
    private readonly T[] _memory;

    internal Guarded(int length, Random random)
    {
        _memory = new T[length + (2 * Wall)];
        Array.Fill(_memory, T.CreateChecked(double.NaN));
        foreach (ref T value in Span) value = T.CreateChecked((2 * random.NextDouble()) - 1);
    }

    internal Span<T> Span => _memory.AsSpan(Wall, _memory.Length - (2 * Wall));

    internal bool WallsStand => !_memory.Take(Wall).Concat(_memory.TakeLast(Wall)).Any(v => !T.IsNaN(v));
}
