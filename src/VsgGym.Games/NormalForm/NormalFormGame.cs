using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A normal-form game, played once, a fixed number of times, or for ever with a discount: one state, the stage payoffs are the rewards.</summary>
/// <param name="options">The game's options.</param>
public abstract class NormalFormGame(TabularOptions options) : CatalogTable(options)
{
    private readonly TabularOptions _options = options;

    /// <summary>The name in drawings.</summary>
    protected abstract string Title { get; }

    /// <summary>Number of seats N, named player_0, player_1, ...</summary>
    protected virtual int Seats => 2;

    /// <summary>A name per action, the same for every seat, [A].</summary>
    protected abstract IReadOnlyList<string> Actions { get; }

    /// <summary>Payoff of a seat.</summary>
    /// <param name="player">In [0, N); with two seats, 0 picks the row and 1 the column.</param>
    /// <param name="actions">[N], every seat's action.</param>
    protected abstract double Payoff(int player, ReadOnlySpan<int> actions);

    /// <inheritdoc/>
    public sealed override Drawing Draw(in World world) => TableDrawing.Draw(Title, Table, world);

    /// <inheritdoc/>
    protected sealed override StochasticGameBuilder Lay()
    {
        int count = Actions.Count;
        var builder = new StochasticGameBuilder([.. Enumerable.Range(0, Seats).Select(p => $"player_{p}")], 1, [.. Enumerable.Repeat(count, Seats)]);
        for (int player = 0; player < Seats; player++) builder.WithActionLabels(player, Actions);
        var actions = new int[Seats];
        for (int joint = 0; joint < builder.JointActionCount; joint++)
        {
            for (int p = Seats - 1, rest = joint; p >= 0; p--) (rest, actions[p]) = Math.DivRem(rest, count);
            for (int player = 0; player < Seats; player++) builder.SetReward(player, 0, joint, Payoff(player, actions));
            if (_options.Horizon != 1) builder.AddTransition(0, joint, 0, 1.0);
        }

        return builder;
    }
}
