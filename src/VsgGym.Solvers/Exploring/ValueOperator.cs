namespace VsgGym.Solvers;

/// <summary>How a player's action values in a state become the state's value.</summary>
public enum ValueOperator
{
    /// <summary>The expectation under the Boltzmann policy, mge Eqs. (4) and (7).</summary>
    Expectation,

    /// <summary>The largest action value.</summary>
    Max,

    /// <summary>(1 / beta) log sum exp(beta Q), as in maximum causal entropy, mge section 6.</summary>
    LogSumExp,
}
