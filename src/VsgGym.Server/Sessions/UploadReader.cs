using VsgGym.Core;
using VsgGym.Games;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Builds the games that requests give in full; every fault has its path in the request.</summary>
internal static class UploadReader
{
    /// <summary>Builds the game.</summary>
    /// <param name="spec">A game given in full.</param>
    /// <param name="path">The field of the request: "game".</param>
    /// <exception cref="VsgGymException">Every fault of the game.</exception>
    public static Game Read(Proto.GameSpec spec, string path) => spec.SourceCase switch
    {
        Proto.GameSpec.SourceOneofCase.NormalForm => NormalForm(spec.NormalForm, $"{path}.normal_form"),
        Proto.GameSpec.SourceOneofCase.Tabular => Tabular(spec.Tabular, $"{path}.tabular"),
        Proto.GameSpec.SourceOneofCase.Efg => FaultPaths.Under("efg", $"{path}.efg", () => UploadedGame.FromEfg(spec.Efg)),
        Proto.GameSpec.SourceOneofCase.MeanField => MeanFieldMessages.Read(spec.MeanField, $"{path}.mean_field"),
        Proto.GameSpec.SourceOneofCase.Flow => FlowMessages.Read(spec.Flow, $"{path}.flow"),
        _ => FaultPaths.Under("nfg", $"{path}.nfg", () => UploadedGame.FromNfg(spec.Nfg)),
    };

    private static UploadedGame NormalForm(Proto.NormalFormGame game, string path)
    {
        var faults = new FaultList();
        var payoffs = Tensors.Read(game.Payoffs, $"{path}.payoffs", faults);
        faults.ThrowIfAny();
        return FaultPaths.Under(string.Empty, path, () => UploadedGame.FromNormalForm(payoffs!, game.Players, Labels(game.Actions), game.Title));
    }

    private static UploadedGame Tabular(Proto.TabularGame game, string path)
    {
        var faults = new FaultList();
        var rewards = Tensors.Optional(game.Rewards, $"{path}.rewards", faults);
        var transitions = Tensors.Optional(game.Transitions, $"{path}.transitions", faults);
        var sparseRewards = game.SparseRewards is { } some ? Tensors.ReadSparse(some, $"{path}.sparse_rewards", faults) : null;
        var sparseTransitions = game.SparseTransitions is { } few ? Tensors.ReadSparse(few, $"{path}.sparse_transitions", faults) : null;
        var initial = Tensors.Optional(game.Initial, $"{path}.initial", faults);
        var terminal = Tensors.Optional(game.TerminalRewards, $"{path}.terminal_rewards", faults);
        var legal = game.LegalActions.Select((mask, p) => Tensors.ReadFlags(mask, $"{path}.legal_actions[{p}]", faults)).ToArray();
        faults.ThrowIfAny();
        return FaultPaths.Under(string.Empty, path, () => UploadedGame.FromTable(new TableUpload
        {
            Rewards = rewards,
            SparseRewards = sparseRewards,
            Transitions = transitions,
            SparseTransitions = sparseTransitions,
            LegalActions = legal!,
            Initial = initial,
            TerminalRewards = terminal,
            Discount = game.HasDiscount ? game.Discount : null,
            Horizon = game.HasHorizon ? game.Horizon : null,
            Players = game.Players,
            Actions = Labels(game.Actions),
            States = game.States,
            Title = game.Title,
        }));
    }

    private static string[][] Labels(IEnumerable<Proto.ActionLabels> actions) => [.. actions.Select(player => player.Labels.ToArray())];
}
