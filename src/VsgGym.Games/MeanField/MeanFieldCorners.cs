using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Reads a game's tables off its corners, the populations that are all in one state.</summary>
/// <remarks>
/// Exact where the rules are the same at all times and linear in the population: shares sum to 1, so that what is linear in them is what it is
/// in the first corner, and per share what it is more in the share's corner. In this form transitions sum to 1 even where the shares do so up to
/// rounding only; as a sum over all corners they would not, and the error would grow from time to time.
/// </remarks>
internal static class MeanFieldCorners
{
    /// <summary>Reads the tables.</summary>
    /// <param name="game">A game of such rules.</param>
    /// <param name="mostNumbers">The most numbers of all corners together.</param>
    /// <exception cref="VsgGymException">RESOURCE_EXHAUSTED: they are more.</exception>
    public static LinearMeanFieldTables Read(MeanFieldGame game, long mostNumbers)
    {
        int states = game.StateCount, actions = game.ActionCount, pairs = states * actions;
        double numbers = (double)pairs * states * (states + 1);
        if (numbers > mostNumbers)
            throw VsgGymException.OverLimit("states", $"{states} states, {actions} actions", $"the tables have up to {Drawing.Number(numbers)} numbers, and at most {mostNumbers} are possible", "game_too_large");
        double[][] rewards = new double[states][], transitions = new double[states][]; // [z][S, A], [z][S, A, S]
        for (int z = 0; z < states; z++)
        {
            double[] corner = new double[states];
            corner[z] = 1;
            game.WriteRewards(0, corner, rewards[z] = new double[pairs]);
            game.WriteTransitions(0, corner, transitions[z] = new double[pairs * states]);
        }

        var (paid, paidTerms) = Split(rewards);
        var (moved, movedTerms) = Split(transitions);
        return new LinearMeanFieldTables
        {
            Horizon = game.Horizon,
            Rewards = new ShapedArray(paid, states, actions),
            RewardTerms = paidTerms is null ? null : new ShapedArray(paidTerms, states, actions, states),
            Transitions = new ShapedArray(moved, states, actions, states),
            TransitionTerms = movedTerms is null ? null : new ShapedArray(movedTerms, states, actions, states, states),
            Initial = new ShapedArray([.. game.Initial], states),
            States = game.StateLabels,
            Actions = game.ActionLabels,
        };
    }

    /// <summary>The numbers of the first corner, and, where those of others differ, by how much, [n, S].</summary>
    private static (double[] First, double[]? Terms) Split(double[][] corners)
    {
        double[] first = corners[0];
        if (corners.All(corner => corner.AsSpan().SequenceEqual(first))) return (first, null);
        double[] terms = new double[first.Length * corners.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            var (number, z) = Math.DivRem(i, corners.Length);
            terms[i] = corners[z][number] - first[number];
        }

        return (first, terms);
    }
}
