using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A finite stochastic game given as arrays; set exactly one of <see cref="Discount"/> and <see cref="Horizon"/>.</summary>
/// <param name="Rewards">[N, S, A_1, ..., A_N], finite.</param>
/// <param name="Transitions">[S, A_1, ..., A_N, S]; rows sum to 1, a row of zeros ends the episode.</param>
/// <example>
/// <code>
/// var game = new TabularGame(rewards, transitions) { Discount = 0.9 };
/// string id = await client.UploadGameAsync(game); // "upload-..."
/// </code>
/// </example>
public sealed record TabularGame(NdArray Rewards, NdArray Transitions) : GameSource
{
    /// <summary>[S], sums to 1; null: state 0.</summary>
    public NdArray? Initial { get; init; }

    /// <summary>In (0, 1).</summary>
    public double? Discount { get; init; }

    /// <summary>T at least 1: decisions at times 0 .. T - 1.</summary>
    public int? Horizon { get; init; }

    /// <summary>[N, S], paid on the state at time T; null: none.</summary>
    public NdArray? TerminalRewards { get; init; }

    /// <summary>N names, not empty; null: player_0, player_1, ...</summary>
    public IReadOnlyList<string>? Players { get; init; }

    /// <summary>Labels of each player's actions; null for numbers.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Actions { get; init; }

    /// <summary>Labels of the states; null for numbers.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>A title; may be empty.</summary>
    public string Title { get; init; } = string.Empty;

    private protected override void Fill(Wire.GameSpec spec)
    {
        var game = new Wire.TabularGame { Rewards = Rewards.ToWire(), Transitions = Transitions.ToWire(), Title = Title };
        if (Initial is not null) game.Initial = Initial.ToWire();
        if (TerminalRewards is not null) game.TerminalRewards = TerminalRewards.ToWire();
        if (Discount is { } discount) game.Discount = discount;
        if (Horizon is { } horizon) game.Horizon = horizon;
        game.Players.AddRange(Names(Players, "game.tabular.players"));
        game.Actions.AddRange(Labels(Actions));
        game.States.AddRange(States ?? []);
        spec.Tabular = game;
    }
}
