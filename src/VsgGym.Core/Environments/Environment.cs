namespace VsgGym.Core;

/// <summary>The rules of one game as a simulator of simultaneous moves; it holds no world, only rules.</summary>
/// <remarks>
/// The worlds live in a <see cref="StepBuffer"/> (one copy = one world). <see cref="Reset"/> and <see cref="Step"/> are what a
/// <see cref="VectorEnvironment"/> calls after it has checked order and legality; a game overrides the two cores. Inside them only
/// operations that IEEE 754 fixes are allowed (+ - * / sqrt, comparisons), so that a seed gives the same bits on every machine.
/// </remarks>
public abstract class Environment
{
    /// <summary>Starts from what the game promises.</summary>
    /// <param name="spec">Seats, spaces, reward range and horizon.</param>
    /// <param name="stateSize">Numbers of hidden state per copy, at least 0.</param>
    /// <exception cref="ArgumentException">No player, or not one observation and one action space per player.</exception>
    protected Environment(EnvironmentSpec spec, int stateSize)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegative(stateSize);
        if (spec.PlayerCount == 0 || spec.Observations.Length != spec.PlayerCount || spec.Actions.Length != spec.PlayerCount)
            throw new ArgumentException($"spec: {spec.PlayerCount} players, {spec.Observations.Length} observation and {spec.Actions.Length} action spaces; at least one player and one of each per player is needed.", nameof(spec));
        Spec = spec;
        StateSize = stateSize;
    }

    /// <summary>Seats, spaces, reward range and horizon.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Numbers of hidden state per copy.</summary>
    public int StateSize { get; }

    /// <summary>Resets the marked copies: state, observations and masks; rewards and flags are not the rules' to touch here.</summary>
    /// <param name="worlds">The copies.</param>
    /// <param name="copies">[B], which copies to reset.</param>
    public virtual void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        for (int b = 0; b < copies.Length; b++)
        {
            if (!copies[b]) continue;
            var world = new World(worlds, b);
            ResetCore(ref world);
        }
    }

    /// <summary>Steps the marked copies with the joint actions in the buffer, all legal.</summary>
    /// <param name="worlds">The copies.</param>
    /// <param name="copies">[B], which copies to step.</param>
    public virtual void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        for (int b = 0; b < copies.Length; b++)
        {
            if (!copies[b]) continue;
            var world = new World(worlds, b);
            StepCore(ref world);
        }
    }

    /// <summary>Writes the first state, observations and masks of one copy.</summary>
    /// <param name="world">The copy.</param>
    protected abstract void ResetCore(ref World world);

    /// <summary>Moves one copy by one joint action: state, observations, masks, rewards and flags.</summary>
    /// <param name="world">The copy; <see cref="World.Time"/> is the time of the decision being executed.</param>
    protected abstract void StepCore(ref World world);
}
