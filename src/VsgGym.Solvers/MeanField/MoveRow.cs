namespace VsgGym.Solvers;

/// <summary>Where one action of one state leads.</summary>
/// <param name="states">The next states, [K]; empty: all of them in order.</param>
/// <param name="probabilities">[K] or [S].</param>
internal readonly ref struct MoveRow(ReadOnlySpan<int> states, ReadOnlySpan<double> probabilities)
{
    private readonly ReadOnlySpan<int> _states = states;
    private readonly ReadOnlySpan<double> _probabilities = probabilities;

    /// <summary>The expectation of values, [S].</summary>
    public double Expect(ReadOnlySpan<double> values)
    {
        double sum = 0;
        if (_states.IsEmpty)
            for (int z = 0; z < _probabilities.Length; z++) sum += _probabilities[z] * values[z];
        else
            for (int k = 0; k < _states.Length; k++) sum += _probabilities[k] * values[_states[k]];
        return sum;
    }

    /// <summary>Adds the probabilities times a weight to later, [S].</summary>
    public void Spread(double weight, Span<double> later)
    {
        if (_states.IsEmpty)
            for (int z = 0; z < _probabilities.Length; z++) later[z] += weight * _probabilities[z];
        else
            for (int k = 0; k < _states.Length; k++) later[_states[k]] += weight * _probabilities[k];
    }
}
