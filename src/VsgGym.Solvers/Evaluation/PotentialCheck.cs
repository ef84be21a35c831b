using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Whether a game is a Markov potential game, and its potential.</summary>
public sealed record PotentialCheck
{
    /// <summary>The game.</summary>
    public required StochasticGame Game { get; init; }

    /// <summary>Whether no violation above the tolerance was found.</summary>
    public bool Holds => Violation <= Tolerance;

    /// <summary>Whether the test decides: then a game that holds is a Markov potential game up to the tolerance; else it was only tried to refute it,
    /// at random.</summary>
    public required bool IsExact { get; init; }

    /// <summary>The largest sum of gains around a cycle of two players' changes, in reward units.</summary>
    public double Violation => ViolationPerPlayer.Max();

    /// <summary>The same among the cycles that a player takes part in, [N], 0 for a player alone.</summary>
    public required ImmutableArray<double> ViolationPerPlayer { get; init; }

    /// <summary>What rounding may leave: 1e-9 of the largest difference of two players' values.</summary>
    public required double Tolerance { get; init; }

    /// <summary>How many profiles were evaluated.</summary>
    public required long Profiles { get; init; }

    /// <summary>The cycle of the largest violation; null where it holds.</summary>
    public PotentialCounterexample? Counterexample { get; init; }

    /// <summary>The potential of a profile by start state, [S], in reward units, 0 where everyone plays the first legal action everywhere.</summary>
    /// <remarks>
    /// It changes one player after the other from its first legal actions to its policy and adds up the gains. In a Markov potential game the
    /// players' order does not matter; elsewhere there is no potential, and the sums differ.
    /// </remarks>
    /// <param name="policies">A profile of the game.</param>
    /// <param name="lastFirst">Whether the last player changes first.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public double[] Potential(PolicyProfile policies, bool lastFirst = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var current = FirstLegal();
        var potential = new double[Game.StateCount];
        for (int k = 0; k < Game.PlayerCount; k++)
        {
            int player = lastFirst ? Game.PlayerCount - 1 - k : k;
            double[] before = BestResponse.Evaluate(Game, current, player, cancellationToken).Values.Data;
            current = new PolicyProfile(Game, current.Policies.SetItem(player, policies[player]));
            double[] after = BestResponse.Evaluate(Game, current, player, cancellationToken).Values.Data;
            for (int s = 0; s < potential.Length; s++) potential[s] += after[s] - before[s];
        }

        return potential;
    }

    /// <summary>The potential of every joint action of a one-shot game with one state, [A_1, ..., A_N], in reward units, 0 for the first legal ones; illegal ones hold
    /// 0.</summary>
    /// <exception cref="VsgGymException">The game has several states or decisions.</exception>
    public ShapedArray Table()
    {
        string shape = Game.Horizon is { } times ? $"{Game.StateCount} states, horizon {times}" : $"{Game.StateCount} states, discounted";
        if (Game.StateCount > 1 || Game.Horizon != 1)
            throw VsgGymException.Invalid("game", shape, "only a one-shot game with one state has a potential of joint actions", "wrong_horizon");
        var table = new double[Game.JointActionCount];
        int[] first = [.. Enumerable.Range(0, Game.PlayerCount).Select(p => FirstLegalAction(p, 0))];
        for (int joint = 0; joint < table.Length; joint++)
        {
            if (!Game.IsLegalJoint(0, joint)) continue;
            int current = Game.JointAction(first);
            for (int p = 0; p < first.Length; p++)
            {
                int next = current + ((Game.ActionOf(p, joint) - first[p]) * Game.Strides[p]);
                table[joint] += Game.Rewards(p)[next] - Game.Rewards(p)[current];
                current = next;
            }
        }

        return new ShapedArray(table, Game.ActionCounts);
    }

    private PolicyProfile FirstLegal() => new(Game, [.. Enumerable.Range(0, Game.PlayerCount).Select(p =>
    {
        var table = new double[Game.StateCount * Game.ActionCounts[p]];
        for (int s = 0; s < Game.StateCount; s++) table[(s * Game.ActionCounts[p]) + FirstLegalAction(p, s)] = 1;
        return new TabularPolicy(table, 1, Game.StateCount, Game.ActionCounts[p]);
    })]);

    private int FirstLegalAction(int player, int state)
    {
        int a = 0;
        while (!Game.IsLegal(player, state, a)) a++;
        return a;
    }
}
