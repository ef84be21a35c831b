using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Policies of a population that the literature states numbers for.</summary>
internal static class MeanFieldPolicies
{
    public static TabularPolicy Uniform(MeanFieldGame game) => Mixed(game, [.. Enumerable.Repeat(1.0 / game.ActionCount, game.ActionCount)]);

    public static TabularPolicy Pure(MeanFieldGame game, int action) => Mixed(game, [.. Enumerable.Range(0, game.ActionCount).Select(a => a == action ? 1.0 : 0)]);

    /// <summary>The same probabilities [A] at every time and in every state.</summary>
    public static TabularPolicy Mixed(MeanFieldGame game, params double[] probabilities) =>
        new([.. Enumerable.Repeat(probabilities, game.StateCount).SelectMany(p => p)], 1, game.StateCount, game.ActionCount);
}
