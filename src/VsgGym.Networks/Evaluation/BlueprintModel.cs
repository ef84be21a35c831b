using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>What one player has learned, played from its blueprint.</summary>
public sealed class BlueprintModel : IPlayerModel
{
    /// <summary>Prepares the networks.</summary>
    /// <param name="blueprint">The player's networks; kept, not copied.</param>
    /// <exception cref="ArgumentException">The blueprint's parts do not fit each other.</exception>
    public BlueprintModel(PlayerBlueprint blueprint) => Forward = new BlueprintForward(blueprint);

    /// <summary>The forward pass.</summary>
    public BlueprintForward Forward { get; }

    /// <summary>The player's networks.</summary>
    public PlayerBlueprint Blueprint => Forward.Blueprint;

    /// <inheritdoc/>
    public string Player => Blueprint.Player;

    /// <inheritdoc/>
    public IPolicy Policy(bool greedy) => new BlueprintPolicy(Forward, greedy);

    /// <inheritdoc/>
    /// <exception cref="VsgGymException">NOT_FOUND: the game has no player of this name.</exception>
    public TabularPolicy? Table(StochasticGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (!ObservesStatesOf(game)) return null;
        int player = game.PlayerIndex(Player), count = game.ActionCounts[player];
        if (Blueprint.Action is not CategoricalHead head || head.Discrete.Count != count) return null;
        int[] states = [.. Enumerable.Range(0, game.StateCount)];
        bool[] legal = game.HasIllegalActions ? [.. states.SelectMany(s => game.LegalActions(player, s).ToArray())] : [];
        return new TabularPolicy(Forward.Play(ObservationBatch.Discrete(states), legal: legal).Exact, 1, game.StateCount, count);
    }

    /// <inheritdoc/>
    public ShapedArray? OpponentTable(StochasticGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (Blueprint.Opponents.IsEmpty || Blueprint.Action is not CategoricalHead || !ObservesStatesOf(game)) return null;
        int[] counts = [.. Blueprint.OpponentActions.Select(head => ((DiscreteSpace)head.Space).Count)];
        var outputs = Forward.Opponents(ObservationBatch.Discrete([.. Enumerable.Range(0, game.StateCount)]));
        int joint = counts.Aggregate(1, (product, count) => product * count);
        double[] table = new double[game.StateCount * joint];
        for (int s = 0; s < game.StateCount; s++) Forward.JointProbabilities(outputs, s, table.AsSpan(s * joint, joint));
        return new ShapedArray(table, [game.StateCount, .. counts]);
    }

    private bool ObservesStatesOf(StochasticGame game) => Blueprint.Observation.Space is DiscreteSpace states && states.Count == game.StateCount;
}
