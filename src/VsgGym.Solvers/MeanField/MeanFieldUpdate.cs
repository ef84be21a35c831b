namespace VsgGym.Solvers;

/// <summary>What a population plays next, after what it played.</summary>
public enum MeanFieldUpdate
{
    /// <summary>The answer to soft values: proportional to prior * exp(Q / temperature), V = temperature * log sum prior exp(Q / temperature).</summary>
    RelativeEntropy,

    /// <summary>The answer to hard values: proportional to prior * exp(Q* / temperature), V* = max Q*.</summary>
    Boltzmann,

    /// <summary>A best response, deterministic.</summary>
    BestResponse,

    /// <summary>The average of all best responses so far and the start, each weighted by how many of its players are in the state.</summary>
    FictitiousPlay,
}
