using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Whether a game is a Markov potential game (vsg Definition 5.4): whether one function's differences are the gains of every player that
/// changes its policy.</summary>
/// <remarks>
/// <para>A game is one exactly when, for every two players i and j, the gains around every cycle of four profiles in which i and j change in turn add
/// up to 0 in every start state (Monderer and Shapley 1996), that is when V_i - V_j is a sum of a function of pi_i and one of pi_j whatever the
/// others play. Policies are Markov: by state, and by time with a horizon.</para>
/// <para>With a horizon V is affine in the policy of each state and time, so cycles of deterministic policies decide. Discounted it is a ratio of two
/// functions that are affine in the policy of each state; around a cycle, over the common denominator, the sum has degree at most 2 in the policy of
/// each state of i and j, and 4 in the others', so it vanishes everywhere when it vanishes on the lattices of that order: for i and j the
/// deterministic choices and the even mixtures of two actions. Degree 1 is enough in states that are never met again or whose successors do not
/// depend on the actions. Cycles of deterministic policies alone do not decide a discounted game: one whose every such cycle adds up to 0 may be
/// none.</para>
/// <para>Where these profiles are too many, cycles are drawn at random, half of them deterministic. The sum is a ratio of polynomials, so where it is
/// not 0 everywhere a cycle of random mixed policies misses it with probability 0; but what it is there may be lost in rounding. Passing is then no
/// proof.</para>
/// </remarks>
public static class MarkovPotential
{
    /// <summary>The cycles drawn for each pair of players where the exact test is too large, unless another number is given: 30.</summary>
    public const int DefaultSamples = 30;

    /// <summary>Tests a game: exactly where at most 200,000 profiles and 10^9 operations decide, else at random with a fixed seed.</summary>
    /// <param name="game">The table.</param>
    /// <param name="samples">How many cycles are drawn for each pair of players where the exact test is too large, at least 1.</param>
    /// <param name="cancellationToken">Checked between profiles, and between the states of one.</param>
    /// <returns>Whether it holds, how sure that is, and the counterexample where it does not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 cycle.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PotentialCheck Check(StochasticGame game, int samples = DefaultSamples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var search = new PotentialSearch(game, cancellationToken);
        if (search.IsFeasible) return Enumerate(game, search);
        for (int i = 0; i < game.PlayerCount; i++)
            for (int j = i + 1; j < game.PlayerCount; j++) search.Sample(i, j, samples);
        return search.Result(isExact: false);
    }

    /// <summary>The exact test, or null where it takes more than so many operations.</summary>
    internal static PotentialCheck? CheckWithin(StochasticGame game, double mostWork, CancellationToken cancellationToken)
    {
        var search = new PotentialSearch(game, cancellationToken);
        return search.Fits(mostWork) ? Enumerate(game, search) : null;
    }

    private static PotentialCheck Enumerate(StochasticGame game, PotentialSearch search)
    {
        for (int i = 0; i < game.PlayerCount; i++)
            for (int j = i + 1; j < game.PlayerCount; j++) search.Enumerate(i, j);
        return search.Result(isExact: true);
    }
}
