using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A normal-form game, played once or a fixed number of times: one state, the stage payoffs are the rewards.</summary>
public abstract class NormalFormGame : TabularGame
{
    /// <summary>The most repetitions of a stage game.</summary>
    protected const int MostRepetitions = 10000;

    private readonly int _horizon;

    /// <summary>Starts from the number of repetitions.</summary>
    /// <param name="horizon">T, at least 1.</param>
    protected NormalFormGame(int horizon) => _horizon = horizon;

    /// <summary>The name in drawings.</summary>
    protected abstract string Title { get; }

    /// <summary>A name per action, the same for both seats, [A].</summary>
    protected abstract IReadOnlyList<string> Actions { get; }

    /// <summary>Payoff of a seat.</summary>
    /// <param name="player">0 picks the row, 1 the column.</param>
    /// <param name="row">Action of seat 0.</param>
    /// <param name="column">Action of seat 1.</param>
    protected abstract double Payoff(int player, int row, int column);

    /// <inheritdoc/>
    public sealed override Drawing Draw(in World world) => TableDrawing.Draw(Title, Table, world);

    /// <inheritdoc/>
    protected sealed override StochasticGame Build()
    {
        int count = Actions.Count;
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [count, count]);
        for (int player = 0; player < 2; player++)
        {
            builder.WithActionLabels(player, Actions);
            for (int joint = 0; joint < count * count; joint++)
                builder.SetReward(player, 0, joint, Payoff(player, joint / count, joint % count));
        }

        for (int joint = 0; joint < count * count && _horizon > 1; joint++) builder.AddTransition(0, joint, 0, 1.0);
        return builder.BuildFiniteHorizon(_horizon);
    }
}
