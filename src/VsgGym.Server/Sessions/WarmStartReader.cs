using System.Collections.Immutable;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Reads an earlier answer and starts a solver from it.</summary>
internal static class WarmStartReader
{
    /// <summary>Starts a solver.</summary>
    /// <param name="algorithm">Fresh.</param>
    /// <param name="solver">Its id, for messages.</param>
    /// <param name="start">The earlier answer.</param>
    /// <param name="game">What is solved.</param>
    /// <param name="cancellationToken">Checked while the solver reads it.</param>
    /// <exception cref="VsgGymException">The solver cannot start warm, or every fault of the answer.</exception>
    public static void Start(IAlgorithm algorithm, string solver, Proto.WarmStart start, ISolvableGame game, CancellationToken cancellationToken)
    {
        if (algorithm is not IWarmStart warm) throw VsgGymException.Invalid("start", solver, "this solver has no use for an earlier answer", "no_warm_start");
        var profile = FaultPaths.Under(string.Empty, "start", () => ProfileReader.Read(
            [.. start.Players.Where(player => player.Policy is not null).Select(player => new Proto.PlayerPolicy { Player = player.Player, Policy = player.Policy })], start.JointPolicy, game));
        var faults = new FaultList();
        var values = Parts(start, game, "values", player => player.Values, faults);
        var models = Parts(start, game, "opponent_models", player => player.OpponentModel, faults);
        var arrays = ImmutableSortedDictionary.CreateBuilder<string, ShapedArray>(StringComparer.Ordinal);
        foreach (var array in start.Arrays)
            if (Tensors.Read(array.Value, $"start.arrays.{array.Name}", faults) is { } read) arrays[array.Name] = read;
        faults.ThrowIfAny();
        warm.Start(new Solution { Policies = profile, Values = values, OpponentModels = models, Arrays = arrays.ToImmutable() }, cancellationToken);
    }

    // One array per player, or none at all where a player has none.
    private static ImmutableArray<ShapedArray> Parts(Proto.WarmStart start, ISolvableGame game, string name, Func<Proto.PlayerSolution, Proto.Tensor?> part, FaultList faults)
    {
        var read = new ShapedArray?[game.Players.Length];
        foreach (var player in start.Players)
            if (game.Players.IndexOf(player.Player) is >= 0 and int index)
                read[index] = Tensors.Optional(part(player), $"start.{name}.{player.Player}", faults);
        return read.Contains(null) ? [] : [.. read.Select(array => array!)];
    }
}
