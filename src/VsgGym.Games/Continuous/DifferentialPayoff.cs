namespace VsgGym.Games;

/// <summary>Which form of the wider hill the differential game uses.</summary>
public enum DifferentialPayoff
{
    /// <summary>As printed: 0.8 [-((a1 + 5) / 3)^2 - ((a2 + 5) / 3)^2].</summary>
    Paper,

    /// <summary>As in the authors' program, which their figure matches: 0.8 [-(a1 + 5)^2 / 3 - (a2 + 5)^2 / 3].</summary>
    Code,
}
