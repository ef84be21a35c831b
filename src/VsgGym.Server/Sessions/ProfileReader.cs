using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Reads a profile of policies by the players' names; every fault is reported at once.</summary>
internal static class ProfileReader
{
    /// <summary>One policy per player of the game.</summary>
    /// <exception cref="VsgGymException">A player is unknown, missing or named twice, or a policy is at fault.</exception>
    public static PolicyProfile Read(IReadOnlyList<Proto.PlayerPolicy> policies, StochasticGame game)
    {
        var faults = new FaultList();
        var read = new TabularPolicy?[game.PlayerCount];
        var named = new bool[game.PlayerCount];
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
