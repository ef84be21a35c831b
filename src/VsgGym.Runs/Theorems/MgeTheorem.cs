using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>A theorem of mge about when sweeps contract to one fixed point, held against games inside its premise and outside.</summary>
internal abstract class MgeTheorem : TheoremTest
{
    /// <summary>What is measured, for the pages.</summary>
    protected const string Method = "Each game is solved from four starts: uniform play, nearly pure play of the first actions, of the last ones, and drawn policies. Measured is the largest factor from one residual to the next in any of them, which a contraction keeps below 1; the spread is the largest difference of a probability between the answer from uniform play and the others, NaN where a start came to none in 2,000 sweeps. The promise is kept where the factor is below 1 and the spread at most 1e-7.";

    /// <summary>What the reader is to make of the rows outside.</summary>
    protected const string Outside = "Outside, the theorem says nothing; rows there show how much room the premise leaves. A factor above 1 says that the sweep is no contraction in the largest norm, not that there are several fixed points. Two players who are both paid 3 for choosing alike have three, so that without any premise the claim is false.";

    public sealed override string BoundHeading => "factor below";

    public sealed override string MeasuredHeading => "largest factor";

    public sealed override ImmutableArray<string> OtherHeadings => ["spread of answers", "premise: at most", "premise: is"];

    /// <summary>The row of a game.</summary>
    /// <param name="bench">The tools.</param>
    /// <param name="name">The game's name and beta.</param>
    /// <param name="game">The game.</param>
    /// <param name="solver">The solver's id.</param>
    /// <param name="options">Its options.</param>
    /// <param name="theorem">The bound's name.</param>
    /// <param name="seed">Of a start.</param>
    protected static TheoremRow Row(TheoremBench bench, string name, StochasticGame game, string solver, string options, string theorem, int seed)
    {
        var bound = bench.Solver(solver, game, options).ReadBounds()[theorem];
        var trial = ContractionTrial.Of(bench, game, () => bench.Solver(solver, game, options), (ulong)seed);
        return new TheoremRow(bound.PremiseHolds ? "Inside the premise" : "Outside", name, bound.PremiseHolds, 1, trial.Factor, trial.IsContraction, trial.Spread, bound.Value, bound.Measured);
    }

    /// <summary>Two players who are both paid 3 for choosing alike.</summary>
    protected static StochasticGame Alike(double? discount)
    {
        double[,] alike = { { 3, 0 }, { 0, 3 } };
        return TheoremBench.Matrix(alike, alike, discount);
    }
}
