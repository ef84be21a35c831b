using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>One policy per player of a game, checked against it; players who act on a common signal have a joint policy besides.</summary>
public sealed class PolicyProfile
{
    /// <summary>Checks and wraps the policies.</summary>
    /// <param name="game">The game.</param>
    /// <param name="policies">[N], each [1 or T, S, A_p]; T only where the game has a horizon.</param>
    /// <exception cref="VsgGymException">A policy is missing, has the wrong shape, or plays an illegal action.</exception>
    public PolicyProfile(ISolvableGame game, params ImmutableArray<TabularPolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (policies.Length != game.Players.Length)
            throw VsgGymException.Invalid("policies", policies.Length, $"one policy per player is needed: {string.Join(", ", game.Players)}", "wrong_shape");
        var faults = new FaultList();
        for (int p = 0; p < policies.Length; p++) Check(game, p, policies[p], faults);
        faults.ThrowIfAny();
        Policies = policies;
    }

    private PolicyProfile(StochasticGame game, TabularPolicy joint)
        : this(game, JointPolicies.Marginals(game, joint)) => Joint = joint;

    /// <summary>The policies, [N]; where there is a joint policy, its marginals.</summary>
    public ImmutableArray<TabularPolicy> Policies { get; }

    /// <summary>The probabilities of joint actions, [1 or T, S, J], of players who act on a common signal; null where each acts alone.</summary>
    public TabularPolicy? Joint { get; }

    /// <summary>One player's policy, [1 or T, S, A_p].</summary>
    /// <param name="player">From 0.</param>
    public TabularPolicy this[int player] => Policies[player];

    /// <summary>A profile of players who act on a common signal.</summary>
    /// <param name="game">The table.</param>
    /// <param name="joint">[1 or T, S, J], the probabilities of the joint actions, 0 for illegal ones.</param>
    /// <exception cref="VsgGymException">The joint policy has the wrong shape or plays an illegal joint action.</exception>
    public static PolicyProfile Correlated(StochasticGame game, TabularPolicy joint)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(joint);
        JointPolicies.Check(game, joint);
        return new PolicyProfile(game, joint);
    }

    /// <summary>Every player plays every legal action with equal probability.</summary>
    /// <param name="game">The game.</param>
    /// <returns>Stationary policies, [1, S, A_p].</returns>
    public static PolicyProfile Uniform(ISolvableGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        return new PolicyProfile(game, [.. Enumerable.Range(0, game.Players.Length).Select(p => UniformTable(game, p))]);
    }

    private static TabularPolicy UniformTable(ISolvableGame game, int player)
    {
        int actions = game.ActionCounts[player];
        var table = new double[game.StateCount * actions];
        for (int s = 0; s < game.StateCount; s++)
        {
            int legal = Enumerable.Range(0, actions).Count(a => game.IsLegal(player, s, a));
            for (int a = 0; a < actions; a++) table[(s * actions) + a] = game.IsLegal(player, s, a) ? 1.0 / legal : 0.0;
        }

        return new TabularPolicy(table, 1, game.StateCount, actions);
    }

    private static void Check(ISolvableGame game, int player, TabularPolicy policy, FaultList faults)
    {
        string path = $"policies.{game.Players[player]}";
        bool timesFit = policy.Times == 1 || policy.Times == game.Horizon;
        if (!timesFit || policy.States != game.StateCount || policy.Actions != game.ActionCounts[player])
        {
            string stationary = $"[{game.StateCount}, {game.ActionCounts[player]}]";
            string rule = game.Horizon is { } t ? $"must have shape {stationary} or [{t}, {stationary[1..]}" : $"must have shape {stationary}";
            faults.Add(path, $"[{policy.Times}, {policy.States}, {policy.Actions}]", rule, "wrong_shape");
            return;
        }

        if (!game.HasIllegalActions) return;
        for (int t = 0; t < policy.Times; t++)
            for (int s = 0; s < policy.States; s++)
                for (int a = 0; a < policy.Actions; a++)
                    if (policy.Row(t, s)[a] > 0 && !game.IsLegal(player, s, a))
                        faults.Add($"{path}[{t}, {s}, {a}]", policy.Row(t, s)[a], "an illegal action must have probability 0", "illegal_action");
    }
}
