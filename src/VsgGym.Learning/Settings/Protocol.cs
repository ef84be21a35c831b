namespace VsgGym.Learning;

/// <summary>A preset of every hyper-parameter; single options override it.</summary>
public enum Protocol
{
    /// <summary>What is known to work best here, per kind of actions.</summary>
    Recommended,

    /// <summary>The settings of the program of the authors of rommeo, number for number.</summary>
    Published,

    /// <summary>The same for every method that is compared: 1000 steps of uniform play first, then the published networks and rates with clipped gradients.</summary>
    Common,
}
