namespace TorchSharp.Kernels;

/// <summary>What the tiles of one panel share: lengths and strides, in elements.</summary>
internal struct TileArguments
{
    /// <summary>Products per element of C.</summary>
    internal nint Depth;

    /// <summary>From one row of A to the next, and from one product to the next.</summary>
    internal nint RowOfA, StepOfA;

    /// <summary>From one product to the next in B; the columns lie side by side.</summary>
    internal nint StepOfB;

    /// <summary>From one row of the start values to the next; 0 when all rows start alike.</summary>
    internal nint RowOfStart;

    /// <summary>From one row of C to the next.</summary>
    internal nint RowOfC;

    /// <summary>Whether negative results become 0.</summary>
    internal bool Relu;
}
