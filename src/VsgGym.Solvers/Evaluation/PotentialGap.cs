using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Whether the game is a Markov potential game: the gap is the largest violation, 0 for a potential game, whatever the profile; and the
/// potential of the profile.</summary>
/// <remarks>
/// <para>A Markov potential game has a function of start state and profile whose differences are the gains of whoever changes its policy. The gap is
/// the most that the gains of two players can add up to around a cycle of four profiles, in the profiles that were looked at; a player's is the most
/// among the cycles that it takes part in.</para>
/// <para>The bound "markov_potential" says whether the test was exact (its premise is that the game is a potential game up to rounding), how many
/// profiles were looked at, and the counterexample. "potential" holds the potential of the profile from the initial distribution, 0 where everyone
/// plays the first legal action everywhere; measured: the same when the last player changes first, which is another number where there is no
/// potential.</para>
/// <para>The exact test is for small games: about five states of two players with two actions when discounted, and any normal form of moderate size.
/// Larger games are only tried to refute, with random cycles.</para>
/// </remarks>
/// <param name="game">The table.</param>
/// <param name="options">How hard to try.</param>
[Metric("potential")]
[Source("monderer1996", "Theorem 2.8")]
[Source("leonardos2022")]
[Source("vsg", "Definition 5.4")]
public sealed class PotentialGap(StochasticGame game, PotentialGap.Options options) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var check = MarkovPotential.Check(game, options.Samples, cancellationToken);
        double forward = PlayerValues.FromStart(game, check.Potential(policies, lastFirst: false, cancellationToken));
        double backward = PlayerValues.FromStart(game, check.Potential(policies, lastFirst: true, cancellationToken));
        return new Certificate
        {
            Concept = "potential",
            Gap = check.Holds ? 0 : check.Violation,
            GapPerPlayer = [.. check.ViolationPerPlayer.Select(violation => violation <= check.Tolerance ? 0 : violation)],
            Values = [.. Enumerable.Range(0, game.PlayerCount).Select(p => BestResponse.FromStart(game, policies, p, cancellationToken))],
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
                .Add("markov_potential", new Bound(check.Tolerance, check.Holds, Statement(check), check.Violation))
                .Add("potential", new Bound(forward, check.Holds, "The potential of the profile, 0 where everyone plays the first legal action everywhere; measured: the same along the opposite order of players.", backward)),
        };
    }

    private string Statement(PotentialCheck check)
    {
        string how = check.IsExact ? $"exact over {check.Profiles} profiles" : $"{check.Profiles} random profiles, which can refute and not prove";
        if (check.Counterexample is not { } cycle) return $"The game is a Markov potential game where no cycle of two players' changes adds up to more than rounding: {how}.";
        return $"The game is no Markov potential game: from state {cycle.State}, changes of {game.Players[cycle.First]} and {game.Players[cycle.Second]} around a cycle add up to {VsgGymException.Show(cycle.Difference)} ({how}).";
    }

    /// <summary>Options of <see cref="PotentialGap"/>.</summary>
    public sealed record Options
    {
        /// <summary>How many random cycles are tried for each pair of players where the exact test is too large.</summary>
        [Range(1, 100_000)]
        public int Samples { get; init; } = MarkovPotential.DefaultSamples;
    }
}
