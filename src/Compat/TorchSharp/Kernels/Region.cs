namespace TorchSharp.Kernels;

/// <summary>What the pool runs, without its state's type.</summary>
internal abstract class Region
{
    /// <summary>Does the items [from, to).</summary>
    internal abstract void Run(int from, int to);
}

/// <summary>The one region of a state's type: it is kept, because only one runs at a time.</summary>
internal sealed class Region<TState> : Region
{
    internal static readonly Region<TState> Shared = new();

    internal TState State = default!;
    internal Action<TState, int, int>? Body;

    internal override void Run(int from, int to) => Body!(State, from, to);
}
