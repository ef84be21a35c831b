using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A game of a population whose rewards and transitions are linear in its distribution mu; played by a finite number of agents.</summary>
/// <param name="Rewards">[S, A], or [T, S, A].</param>
/// <param name="Transitions">[S, A, S], or [T, S, A, S].</param>
/// <param name="Horizon">T decisions, at least 1.</param>
public sealed record MeanFieldGame(NdArray Rewards, NdArray Transitions, int Horizon) : GameSource
{
    /// <summary>[S, A, S], or with T first: mu(z) times [s, a, z] is added to the reward; null: none.</summary>
    public NdArray? MassRewards { get; init; }

    /// <summary>[S, A, S, S], or with T first: mu(z) times [s, a, s', z] is added to the probability of s'; null: none.</summary>
    public NdArray? MassTransitions { get; init; }

    /// <summary>[S], the distribution at time 0; null: all in state 0.</summary>
    public NdArray? Initial { get; init; }

    /// <summary>A name per state; null for numbers.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>A name per action; null for numbers.</summary>
    public IReadOnlyList<string>? Actions { get; init; }

    /// <summary>A title; may be empty.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>Agents of the simulated population, 1 to 1000; null: 10.</summary>
    public int? Agents { get; init; }

    internal static MeanFieldGame FromWire(Wire.MeanFieldGame game) => new(NdArray.FromWire(game.Rewards), NdArray.FromWire(game.Transitions), game.Horizon)
    {
        MassRewards = game.MassRewards is null ? null : NdArray.FromWire(game.MassRewards),
        MassTransitions = game.MassTransitions is null ? null : NdArray.FromWire(game.MassTransitions),
        Initial = game.Initial is null ? null : NdArray.FromWire(game.Initial),
        States = [.. game.States],
        Actions = [.. game.Actions],
        Title = game.Title,
        Agents = game.HasAgents ? game.Agents : null,
    };

    private protected override void Fill(Wire.GameSpec spec)
    {
        var game = new Wire.MeanFieldGame { Rewards = Rewards.ToWire(), Transitions = Transitions.ToWire(), Horizon = Horizon, Title = Title };
        if (MassRewards is not null) game.MassRewards = MassRewards.ToWire();
        if (MassTransitions is not null) game.MassTransitions = MassTransitions.ToWire();
        if (Initial is not null) game.Initial = Initial.ToWire();
        if (Agents is { } agents) game.Agents = agents;
        game.States.AddRange(States ?? []);
        game.Actions.AddRange(Actions ?? []);
        spec.MeanField = game;
    }
}
