namespace VsgGym.Core;

/// <summary>A vector of numbers per state, which the seats of a table see in place of the state's number.</summary>
public sealed class StateVectors
{
    /// <summary>The most numbers of all states together, 2^26.</summary>
    public const int MaximumNumbers = 1 << 26;

    private readonly float[] _numbers; // [S, F]

    private StateVectors(BoxSpace space, float[] numbers) => (Space, _numbers) = (space, numbers);

    /// <summary>Writes a state's vector.</summary>
    /// <param name="state">In [0, S).</param>
    /// <param name="vector">[F].</param>
    public delegate void Writer(int state, Span<float> vector);

    /// <summary>The box that holds them all, as tight as can be, with a label per number.</summary>
    public BoxSpace Space { get; }

    /// <summary>A state's vector, [F].</summary>
    /// <param name="state">In [0, S).</param>
    public ReadOnlySpan<float> Row(int state) => _numbers.AsSpan(state * Space.Length, Space.Length);

    /// <summary>A 1 at the state's number, labeled with the states' names.</summary>
    /// <exception cref="VsgGymException">RESOURCE_EXHAUSTED: S * S exceeds <see cref="MaximumNumbers"/>.</exception>
    public static StateVectors OneHot(StochasticGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        int states = game.StateCount;
        var labels = game.StateLabels.IsEmpty ? Enumerable.Range(0, states).Select(s => $"state {s}") : game.StateLabels;
        var vectors = Of(states, [.. labels], (state, vector) => vector[state] = 1);
        return new StateVectors(new BoxSpace([.. new float[states]], [.. Enumerable.Repeat(1f, states)], vectors.Space.Labels), vectors._numbers);
    }

    /// <summary>Vectors that a rule writes.</summary>
    /// <param name="states">S.</param>
    /// <param name="labels">[F], F at least 1.</param>
    /// <param name="write">Writes a state's vector into zeros; finite numbers.</param>
    /// <exception cref="VsgGymException">RESOURCE_EXHAUSTED: S * F exceeds <see cref="MaximumNumbers"/>.</exception>
    public static StateVectors Of(int states, IReadOnlyList<string> labels, Writer write)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(write);
        int length = labels.Count;
        if ((long)states * length > MaximumNumbers)
            throw VsgGymException.OverLimit("options.observation", $"{states} states of {length} numbers", $"all vectors together must not exceed {MaximumNumbers} numbers; observe the state's index instead", "game_too_large");
        var numbers = new float[states * length];
        float[] low = [.. Enumerable.Repeat(float.PositiveInfinity, length)], high = [.. Enumerable.Repeat(float.NegativeInfinity, length)];
        for (int s = 0; s < states; s++)
        {
            var vector = numbers.AsSpan(s * length, length);
            write(s, vector);
            for (int k = 0; k < length; k++) (low[k], high[k]) = (Math.Min(low[k], vector[k]), Math.Max(high[k], vector[k]));
        }

        return new StateVectors(new BoxSpace([.. low], [.. high], [.. labels]), numbers);
    }
}
