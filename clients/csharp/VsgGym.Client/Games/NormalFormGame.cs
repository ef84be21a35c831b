using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A game given as the payoffs of every player for every joint action.</summary>
/// <param name="Payoffs">[N, A_1, ..., A_N], finite.</param>
/// <example>
/// <code>
/// var pennies = new NormalFormGame(new double[,,] { { { 1, -1 }, { -1, 1 } }, { { -1, 1 }, { 1, -1 } } })
/// {
///     Players = ["even", "odd"],
///     Actions = [["heads", "tails"], ["heads", "tails"]],
/// };
/// var solution = await client.SolveAsync(pennies, "rommeo_q");
/// </code>
/// </example>
public sealed record NormalFormGame(NdArray Payoffs) : GameSource
{
    /// <summary>N names, not empty; null: player_0, player_1, ...</summary>
    public IReadOnlyList<string>? Players { get; init; }

    /// <summary>Labels of each player's actions; null for numbers.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Actions { get; init; }

    /// <summary>A title; may be empty.</summary>
    public string Title { get; init; } = string.Empty;

    private protected override void Fill(Wire.GameSpec spec)
    {
        spec.NormalForm = new Wire.NormalFormGame { Payoffs = Payoffs.ToWire(), Title = Title };
        spec.NormalForm.Players.AddRange(Names(Players, "game.normal_form.players"));
        spec.NormalForm.Actions.AddRange(Labels(Actions));
    }
}
