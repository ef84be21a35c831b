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

    /// <summary>Which actions are legal, [S * A_p] row by row for each player; null: all are.</summary>
    public IReadOnlyList<IReadOnlyList<bool>>? LegalActions { get; init; }

    /// <summary>The rewards in coordinate form; the constructor's are then not sent.</summary>
    public SparseArray? SparseRewards { get; init; }

    /// <summary>The transitions in coordinate form; the constructor's are then not sent.</summary>
    public SparseArray? SparseTransitions { get; init; }

    /// <summary>A game whose rewards and transitions are given in coordinate form.</summary>
    public static TabularGame FromSparse(SparseArray rewards, SparseArray transitions) =>
        new(Nothing, Nothing) { SparseRewards = rewards, SparseTransitions = transitions };

    internal static TabularGame FromWire(Wire.TabularGame game) => new(
        game.Rewards is null ? Nothing : NdArray.FromWire(game.Rewards), game.Transitions is null ? Nothing : NdArray.FromWire(game.Transitions))
    {
        SparseRewards = game.SparseRewards is null ? null : SparseArray.FromWire(game.SparseRewards),
        SparseTransitions = game.SparseTransitions is null ? null : SparseArray.FromWire(game.SparseTransitions),
        Initial = game.Initial is null ? null : NdArray.FromWire(game.Initial),
        Discount = game.HasDiscount ? game.Discount : null,
        Horizon = game.HasHorizon ? game.Horizon : null,
        TerminalRewards = game.TerminalRewards is null ? null : NdArray.FromWire(game.TerminalRewards),
        Players = [.. game.Players],
        Actions = [.. game.Actions.Select(labels => labels.Labels.ToArray())],
        States = game.States.Count == 0 ? null : [.. game.States],
        Title = game.Title,
        LegalActions = game.LegalActions.Count == 0 ? null : [.. game.LegalActions.Select(mask => mask.Data.Select(flag => flag != 0).ToArray())],
    };

    private static NdArray Nothing => new([], 0);

    private protected override void Fill(Wire.GameSpec spec)
    {
        var game = new Wire.TabularGame { Title = Title };
        if (SparseRewards is null) game.Rewards = Rewards.ToWire();
        else game.SparseRewards = SparseRewards.ToWire();
        if (SparseTransitions is null) game.Transitions = Transitions.ToWire();
        else game.SparseTransitions = SparseTransitions.ToWire();
        int states = (SparseRewards?.Shape ?? Rewards.Shape) is [_, var count, ..] ? count : 1;
        game.LegalActions.AddRange((LegalActions ?? []).Select(mask => Tensors.Flags(mask, states, mask.Count / Math.Max(states, 1))));
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
