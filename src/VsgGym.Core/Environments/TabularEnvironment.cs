using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>Simulates a <see cref="StochasticGame"/>: every seat observes the number of the state, or a vector that stands for it.</summary>
/// <remarks>The two cores say what a reset and a step are; whole batches take the same steps through <see cref="TabularBatch"/>.</remarks>
public sealed class TabularEnvironment : Environment
{
    private readonly StochasticGame _game;
    private readonly StateVectors? _vectors;
    private readonly TabularBatch _batch;

    /// <summary>Wraps a table.</summary>
    /// <param name="game">The game.</param>
    /// <param name="vectors">What the seats see of each state; absent: its number.</param>
    public TabularEnvironment(StochasticGame game, StateVectors? vectors = null)
        : base(TabularSpec.Describe(game, vectors?.Space), 1)
    {
        (_game, _vectors) = (game, vectors);
        _batch = new TabularBatch(game, vectors);
    }

    /// <inheritdoc/>
    public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        _batch.Reset(worlds, copies);
    }

    /// <inheritdoc/>
    public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        _batch.Step(worlds, copies);
    }

    /// <summary>Resets the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void ResetOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Reset(worlds, copies);

    /// <summary>Steps the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void StepOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Step(worlds, copies);

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
            if (_vectors is null) world.Observe(p, state);
            else _vectors.Row(state).CopyTo(world.BoxObservation(p));
            if (_game.HasIllegalActions) _game.LegalActions(p, state).CopyTo(world.LegalActions(p));
        }
    }
}
