namespace VsgGym.Core;

/// <summary>The set of an action's or an observation's values, for one seat of one copy.</summary>
public abstract record Space
{
    private protected Space()
    {
    }

    /// <summary>The element type on the wire.</summary>
    public abstract ElementType ElementType { get; }

    /// <summary>Elements per copy: 1 for a discrete space, the length of the vector for a box.</summary>
    public abstract int Length { get; }

    /// <summary>Bytes per copy.</summary>
    public int Bytes => Length * ElementType.Size();
}
