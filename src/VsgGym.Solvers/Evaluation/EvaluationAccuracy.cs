using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The bound "evaluation_accuracy" of a certificate.</summary>
internal static class EvaluationAccuracy
{
    /// <summary>The bound's name.</summary>
    public const string Name = "evaluation_accuracy";

    /// <summary>How far the gap may be from the exact one.</summary>
    /// <param name="game">The table.</param>
    /// <param name="gap">What was measured.</param>
    /// <param name="accuracy">The sum of the distances of all values that went into it: Bellman residuals / (1 - discount), 0 with a horizon.</param>
    public static Bound Of(StochasticGame game, double gap, double accuracy)
    {
        string how = game.Horizon is not null ? "backward induction is exact"
            : game.StateCount <= MarkovChain.LargestDirectSolve ? "policy iteration with linear solves; measured: the sum of the Bellman residuals, which 1 - discount divides"
            : "policy iteration with iterated evaluation; measured: the sum of the Bellman residuals, which 1 - discount divides";
        double residuals = game.Horizon is null ? accuracy * (1 - game.Discount) : 0;
        return new Bound(accuracy, double.IsFinite(gap) && double.IsFinite(accuracy), $"Up to rounding, the gap is within this distance of the exact one: {how}.", residuals);
    }
}
