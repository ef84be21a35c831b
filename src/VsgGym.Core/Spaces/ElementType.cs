namespace VsgGym.Core;

/// <summary>The element types that travel between games and clients, little-endian.</summary>
public enum ElementType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>32-bit signed integer: discrete actions and observations.</summary>
    Int32,

    /// <summary>32-bit IEEE float: box actions and observations.</summary>
    Float32,

    /// <summary>64-bit IEEE float: rewards.</summary>
    Float64,
}

/// <summary>Sizes of the element types.</summary>
public static class ElementTypes
{
    /// <summary>Bytes per element: 1, 4 or 8.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Bool => 1,
        ElementType.Float64 => 8,
        _ => 4,
    };
}
