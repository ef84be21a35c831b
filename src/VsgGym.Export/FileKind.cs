namespace VsgGym.Export;

/// <summary>What an exported file of a blueprint holds.</summary>
internal enum FileKind
{
    /// <summary>The policy as it plays.</summary>
    Policy,

    /// <summary>pi(a_i | s, a_-i).</summary>
    Conditional,

    /// <summary>The model of the opponents.</summary>
    Opponents,
}
