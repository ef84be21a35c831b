namespace VsgGym.Numerics;

/// <summary>How the left side of a constraint stands to its right side.</summary>
public enum ConstraintKind
{
    /// <summary>a'x &lt;= b.</summary>
    AtMost,

    /// <summary>a'x = b.</summary>
    Equal,

    /// <summary>a'x >= b.</summary>
    AtLeast,
}
