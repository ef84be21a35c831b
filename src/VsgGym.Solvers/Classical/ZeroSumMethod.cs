namespace VsgGym.Solvers;

/// <summary>How the values of a discounted zero-sum game are found.</summary>
public enum ZeroSumMethod
{
    /// <summary>Shapley's: every state's matrix game over the present values gives the next ones.</summary>
    ValueIteration,

    /// <summary>Hoffman and Karp's: the next values are those of the column player's best responses to the row player's strategies.</summary>
    PolicyIteration,
}
