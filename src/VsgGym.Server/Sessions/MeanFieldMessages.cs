using VsgGym.Core;
using VsgGym.Games;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Mean-field games of the protocol to Core's tables and back.</summary>
internal static class MeanFieldMessages
{
    /// <summary>Builds the game.</summary>
    /// <exception cref="VsgGymException">Every fault, under the names of the message's fields.</exception>
    public static UploadedMeanField Read(Proto.MeanFieldGame game, string path)
    {
        var faults = new FaultList();
        var rewards = Tensors.Read(game.Rewards, $"{path}.rewards", faults);
        var transitions = Tensors.Read(game.Transitions, $"{path}.transitions", faults);
        var massRewards = Tensors.Optional(game.MassRewards, $"{path}.mass_rewards", faults);
        var massTransitions = Tensors.Optional(game.MassTransitions, $"{path}.mass_transitions", faults);
        var initial = Tensors.Optional(game.Initial, $"{path}.initial", faults);
        faults.ThrowIfAny();
        var tables = new LinearMeanFieldTables
        {
            Horizon = game.Horizon,
            Rewards = rewards!,
            RewardTerms = massRewards,
            Transitions = transitions!,
            TransitionTerms = massTransitions,
            Initial = initial,
            States = game.States,
            Actions = game.Actions,
        };
        return FaultPaths.Under(string.Empty, path, () => FaultPaths.Under("reward_terms", "mass_rewards", () =>
            FaultPaths.Under("transition_terms", "mass_transitions", () => new UploadedMeanField(tables, game.Title, game.HasAgents ? game.Agents : UploadedMeanField.DefaultAgents))));
    }

    /// <summary>Writes a game; reading it back builds the same.</summary>
    /// <param name="game">The tables.</param>
    /// <param name="title">The game's name.</param>
    /// <param name="agents">Agents of the simulated population.</param>
    public static Proto.MeanFieldGame Write(LinearMeanFieldGame game, string title, int agents)
    {
        var tables = game.Tables;
        var wire = new Proto.MeanFieldGame
        {
            Title = title,
            Horizon = game.Horizon,
            Agents = agents,
            Rewards = Write(tables.Rewards),
            Transitions = Write(tables.Transitions),
            Initial = Tensors.Write(game.Initial.AsSpan(), game.StateCount),
        };
        if (tables.RewardTerms is { } rewards) wire.MassRewards = Write(rewards);
        if (tables.TransitionTerms is { } transitions) wire.MassTransitions = Write(transitions);
        wire.States.AddRange(game.StateLabels);
        wire.Actions.AddRange(game.ActionLabels);
        return wire;
    }

    private static Proto.Tensor Write(ShapedArray array) => Tensors.Write(array.Data, array.Shape.AsSpan());
}
