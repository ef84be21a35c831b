using VsgGym.Core;
using VsgGym.Games;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Builds the games that requests give in full; every fault has its path in the request.</summary>
internal static class UploadReader
{
    /// <summary>Builds the game.</summary>
    /// <param name="spec">A game given as normal_form, tabular or nfg.</param>
    /// <param name="path">The field of the request: "game".</param>
    /// <exception cref="VsgGymException">Every fault of the game.</exception>
    public static UploadedGame Read(Proto.GameSpec spec, string path) => spec.SourceCase switch
    {
        Proto.GameSpec.SourceOneofCase.NormalForm => NormalForm(spec.NormalForm, $"{path}.normal_form"),
        Proto.GameSpec.SourceOneofCase.Tabular => Tabular(spec.Tabular, $"{path}.tabular"),
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
        var rewards = Tensors.Read(game.Rewards, $"{path}.rewards", faults);
        var transitions = Tensors.Read(game.Transitions, $"{path}.transitions", faults);
        var initial = game.Initial is null ? null : Tensors.Read(game.Initial, $"{path}.initial", faults);
        var terminal = game.TerminalRewards is null ? null : Tensors.Read(game.TerminalRewards, $"{path}.terminal_rewards", faults);
        faults.ThrowIfAny();
        return FaultPaths.Under(string.Empty, path, () => UploadedGame.FromTable(new TableUpload
        {
            Rewards = rewards!,
            Transitions = transitions!,
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
