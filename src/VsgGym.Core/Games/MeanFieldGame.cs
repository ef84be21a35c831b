using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>A game of a population without number: each member's reward and moves depend on how the population is spread over the states.</summary>
/// <remarks>
/// Immutable; S states, A actions, T decisions at times 0, ..., T - 1. All members are alike, so one policy, [1 or T, S, A] under the
/// single player name <see cref="PlayerName"/>, is a whole profile. Population mu at time t + 1 is sum over s, a of
/// mu_t(s) pi_t(a | s) P(t, s, a, ., mu_t). Where members differ, their types are part of the state.
/// </remarks>
public abstract class MeanFieldGame : ISolvableGame
{
    /// <summary>The single player's name in policies and results.</summary>
    public const string PlayerName = "population";

    /// <summary>The most numbers of one time's transitions, S * A * S at most 2^26.</summary>
    public const int MaximumTransitions = 1 << 26;

    /// <summary>Checks the shape.</summary>
    /// <param name="shape">Names, times and start.</param>
    /// <exception cref="VsgGymException">Every fault of the shape, or RESOURCE_EXHAUSTED: the transitions are too many.</exception>
    protected MeanFieldGame(MeanFieldShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var faults = new FaultList();
        shape.Check(faults);
        faults.ThrowIfAny();
        CheckSize(shape.StateLabels.Length, shape.ActionLabels.Length);
        (StateLabels, ActionLabels, Horizon, Initial) = (shape.StateLabels, shape.ActionLabels, shape.Horizon, shape.Initial);
    }

    /// <inheritdoc/>
    public string KindName => "a mean-field game";

    /// <inheritdoc/>
    public string UsualConcept => "mean_field_nash";

    /// <inheritdoc/>
    ImmutableArray<string> ISolvableGame.Players => [PlayerName];

    /// <inheritdoc/>
    ImmutableArray<int> ISolvableGame.ActionCounts => [ActionCount];

    /// <inheritdoc/>
    ImmutableArray<ImmutableArray<string>> ISolvableGame.ActionLabels => [ActionLabels];

    /// <inheritdoc/>
    int? ISolvableGame.Horizon => Horizon;

    /// <inheritdoc/>
    bool ISolvableGame.HasIllegalActions => false;

    /// <summary>A name per state, [S].</summary>
    public ImmutableArray<string> StateLabels { get; }

    /// <summary>A name per action, [A].</summary>
    public ImmutableArray<string> ActionLabels { get; }

    /// <summary>Number of states S.</summary>
    public int StateCount => StateLabels.Length;

    /// <summary>Number of actions A.</summary>
    public int ActionCount => ActionLabels.Length;

    /// <summary>Number of decisions T.</summary>
    public int Horizon { get; }

    /// <summary>The population's distribution at time 0, [S].</summary>
    public ImmutableArray<double> Initial { get; }

    /// <summary>No reward of any time, state, action and population is below.</summary>
    public abstract double LowestReward { get; }

    /// <summary>No reward of any time, state, action and population is above.</summary>
    public abstract double HighestReward { get; }

    /// <summary>Whether the population changes a transition; false lets solvers keep them. Default true, which is always safe.</summary>
    public virtual bool TransitionsDependOnPopulation => true;

    /// <summary>The states whose shares a member in a state can feel, ascending: no other share changes its rewards and transitions. Default all, which is always safe.</summary>
    /// <param name="state">s in [0, S).</param>
    public virtual ImmutableArray<int> Felt(int state) => [.. Enumerable.Range(0, StateCount)];

    /// <inheritdoc/>
    bool ISolvableGame.IsLegal(int player, int state, int action) => true;

    /// <summary>The reward r(t, s, a, mu).</summary>
    /// <param name="time">t in [0, T).</param>
    /// <param name="state">s in [0, S).</param>
    /// <param name="action">a in [0, A).</param>
    /// <param name="population">mu, [S], a distribution.</param>
    public abstract double Reward(int time, int state, int action, ReadOnlySpan<double> population);

    /// <summary>Writes the probabilities of the next states, P(t, s, a, ., mu).</summary>
    /// <param name="time">t in [0, T).</param>
    /// <param name="state">s in [0, S).</param>
    /// <param name="action">a in [0, A).</param>
    /// <param name="population">mu, [S], a distribution.</param>
    /// <param name="next">[S], overwritten with a distribution.</param>
    public abstract void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next);

    /// <summary>Writes every reward of one time.</summary>
    /// <param name="time">t in [0, T).</param>
    /// <param name="population">mu, [S], a distribution.</param>
    /// <param name="rewards">[S, A], overwritten.</param>
    public void WriteRewards(int time, ReadOnlySpan<double> population, Span<double> rewards)
    {
        for (int row = 0; row < StateCount * ActionCount; row++)
            rewards[row] = Reward(time, row / ActionCount, row % ActionCount, population);
    }

    /// <summary>Writes every transition of one time.</summary>
    /// <param name="time">t in [0, T).</param>
    /// <param name="population">mu, [S], a distribution.</param>
    /// <param name="transitions">[S, A, S], overwritten.</param>
    public void WriteTransitions(int time, ReadOnlySpan<double> population, Span<double> transitions)
    {
        for (int row = 0; row < StateCount * ActionCount; row++)
            Transition(time, row / ActionCount, row % ActionCount, population, transitions.Slice(row * StateCount, StateCount));
    }

    /// <summary>Refuses games whose transitions of one time do not fit.</summary>
    internal static void CheckSize(int states, int actions)
    {
        if ((double)states * actions * states > MaximumTransitions)
            throw VsgGymException.OverLimit("states", $"{states} states, {actions} actions", $"states * actions * states must not exceed {MaximumTransitions}", "game_too_large");
    }
}
