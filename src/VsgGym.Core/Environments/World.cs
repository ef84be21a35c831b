using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>One copy inside a <see cref="StepBuffer"/>, as a game's rules see it.</summary>
public readonly ref struct World
{
    private readonly StepBuffer _buffer;
    private readonly int _copy;

    /// <summary>Looks at one copy.</summary>
    /// <param name="buffer">The copies.</param>
    /// <param name="copy">In [0, B).</param>
    public World(StepBuffer buffer, int copy)
    {
        _buffer = buffer;
        _copy = copy;
    }

    /// <summary>The hidden state, [<see cref="Environment.StateSize"/>]; kept between steps.</summary>
    public Span<double> State => _buffer.StateOf(_copy);

    /// <summary>The time t of the decision being executed, from 0; 0 during a reset.</summary>
    public int Time => _buffer.Times[_copy];

    /// <summary>The rules' random numbers for this copy, episode and step; a fresh copy of the same stream at each reading.</summary>
    public RandomStream Random => _buffer.StreamOf(_copy, 0);

    /// <summary>A seat's discrete action.</summary>
    public int DiscreteAction(int player) => _buffer.DiscreteActions(player)[_copy];

    /// <summary>A seat's box action, [length].</summary>
    public ReadOnlySpan<float> BoxAction(int player) => _buffer.BoxActionOf(player, _copy);

    /// <summary>Writes a discrete observation.</summary>
    public void Observe(int player, int value) => _buffer.DiscreteObservations(player)[_copy] = value;

    /// <summary>A seat's box observation to fill, [length].</summary>
    public Span<float> BoxObservation(int player) => _buffer.BoxObservationOf(player, _copy);

    /// <summary>A seat's legal-action mask to fill, [A_p]; empty where the game forbids nothing.</summary>
    public Span<bool> LegalActions(int player) => _buffer.LegalActionsOf(player, _copy);

    /// <summary>Pays a seat for this step.</summary>
    public void Reward(int player, double reward) => _buffer.Rewards(player)[_copy] = reward;

    /// <summary>What a seat was paid in the last step.</summary>
    public double PaidReward(int player) => _buffer.Rewards(player)[_copy];

    /// <summary>Ends the episode for every seat by the rules of the game.</summary>
    public void Terminate()
    {
        for (int p = 0; p < _buffer.Spec.PlayerCount; p++) _buffer.Terminated(p)[_copy] = true;
    }

    /// <summary>Ends the episode for one seat by the rules of the game; the others play on.</summary>
    public void Terminate(int player) => _buffer.Terminated(player)[_copy] = true;
}
