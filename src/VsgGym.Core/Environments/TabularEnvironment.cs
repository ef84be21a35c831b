using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>Simulates a <see cref="StochasticGame"/>: every seat observes the number of the state.</summary>
public sealed class TabularEnvironment : Environment
{
    private readonly StochasticGame _game;

    /// <summary>Wraps a table.</summary>
    /// <param name="game">The game.</param>
    public TabularEnvironment(StochasticGame game)
        : base(Describe(game), 1)
    {
        _game = game;
    }

    /// <inheritdoc/>
    protected override void ResetCore(ref World world)
    {
        var random = world.Random;
        Enter(world, Simplex.Sample(_game.Initial, random.NextDouble()));
    }

    /// <inheritdoc/>
    protected override void StepCore(ref World world)
    {
        int state = (int)world.State[0], joint = 0;
        for (int p = 0; p < _game.PlayerCount; p++) joint += world.DiscreteAction(p) * _game.Strides[p];
        int row = (state * _game.JointActionCount) + joint;
        for (int p = 0; p < _game.PlayerCount; p++) world.Reward(p, _game.Rewards(p)[row]);
        int start = _game.RowStarts[row], end = _game.RowStarts[row + 1];
        bool last = _game.Horizon is { } horizon && world.Time + 1 >= horizon;
        if (start == end)
        {
            world.Terminate();
            return;
        }

        var random = world.Random;
        int next = end == start + 1 ? _game.NextStates[start]
            : _game.NextStates[start + Simplex.Sample(_game.Probabilities[start..end], random.NextDouble())];
        Enter(world, next);
        if (!last) return;
        for (int p = 0; p < _game.PlayerCount; p++) world.Reward(p, _game.Rewards(p)[row] + _game.TerminalRewards(p)[next]);
        world.Terminate();
    }

    private void Enter(World world, int state)
    {
        world.State[0] = state;
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            world.Observe(p, state);
            if (_game.HasIllegalActions) _game.LegalActions(p, state).CopyTo(world.LegalActions(p));
        }
    }

    private static EnvironmentSpec Describe(StochasticGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        Space states = new DiscreteSpace(game.StateCount, game.StateLabels);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            double lowTerminal = 0, highTerminal = 0;
            foreach (double r in game.TerminalRewards(p)) (lowTerminal, highTerminal) = (Math.Min(lowTerminal, r), Math.Max(highTerminal, r));
            foreach (double r in game.Rewards(p)) (low, high) = (Math.Min(low, r + lowTerminal), Math.Max(high, r + highTerminal));
        }

        return new EnvironmentSpec
        {
            Players = game.Players,
            Observations = [.. game.Players.Select(_ => states)],
            Actions = [.. game.ActionCounts.Select((count, p) => (Space)new DiscreteSpace(count, game.ActionLabels[p]))],
            HasIllegalActions = game.HasIllegalActions,
            Horizon = game.Horizon,
            Discount = game.Discount,
            LowestReward = low,
            HighestReward = high,
        };
    }
}
