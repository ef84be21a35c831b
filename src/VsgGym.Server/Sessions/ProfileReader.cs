using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Reads a profile of policies by the players' names; every fault is reported at once.</summary>
internal static class ProfileReader
{
    /// <summary>A joint policy where one is given, else one policy per player.</summary>
    /// <exception cref="VsgGymException">The joint policy is at fault, or given for a game that is no table.</exception>
    public static PolicyProfile Read(IReadOnlyList<Proto.PlayerPolicy> policies, Proto.Tensor? joint, ISolvableGame game)
    {
        if (joint is null) return Read(policies, game);
        const string path = "joint_policy";
        if (game is not StochasticGame table) throw VsgGymException.Invalid(path, "given", $"only a stochastic game has joint actions, and this is {game.KindName}", "wrong_kind");
        var faults = new FaultList();
        var array = Tensors.Read(joint, path, faults);
        faults.ThrowIfAny();
        int[] stationary = [table.StateCount, .. table.ActionCounts];
        bool timed = table.Horizon is { } t && array!.Shape.SequenceEqual([t, .. stationary]);
        if (!timed && !array!.Shape.SequenceEqual(stationary))
            throw VsgGymException.Invalid(path, Tensors.Show(array.Shape), $"must have shape {Tensors.Show(stationary)}" + (table.Horizon is { } times ? $" or {Tensors.Show([times, .. stationary])}" : string.Empty), "wrong_shape");
        var policy = FaultPaths.Under("policy", path, () => new TabularPolicy(array!.Data, timed ? table.Horizon!.Value : 1, table.StateCount, table.JointActionCount));
        return PolicyProfile.Correlated(table, policy);
    }

    /// <summary>One policy per player of the game.</summary>
    /// <exception cref="VsgGymException">A player is unknown, missing or named twice, or a policy is at fault.</exception>
    public static PolicyProfile Read(IReadOnlyList<Proto.PlayerPolicy> policies, ISolvableGame game)
    {
        var faults = new FaultList();
        var read = new TabularPolicy?[game.Players.Length];
        var named = new bool[game.Players.Length];
        foreach (var policy in policies)
        {
            string path = $"policies.{policy.Player}";
            int player = game.Players.IndexOf(policy.Player);
            if (player < 0)
                faults.Add(path, policy.Player, $"must be one of {string.Join(", ", game.Players)}", "unknown_player");
            else if (named[player])
                faults.Add(path, policy.Player, "a player may have one policy", "duplicate");
            else
            {
                named[player] = true;
                read[player] = PolicyTables.Read(policy.Policy, path, faults);
            }
        }

        for (int p = 0; p < named.Length; p++)
            if (!named[p]) faults.Add($"policies.{game.Players[p]}", null, "is required: every player needs a policy", "missing");
        faults.ThrowIfAny();
        return new PolicyProfile(game, [.. read.Select(policy => policy!)]);
    }
}
