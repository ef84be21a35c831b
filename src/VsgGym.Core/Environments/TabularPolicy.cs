using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>A seat's action probabilities by state, and by time where there is a horizon: what a solver returns.</summary>
/// <remarks>
/// It plays seats of tables, whatever they observe of the state, and seats that observe a number; times past the table's end use its last row block. A row whose sum is off by
/// more than rounding is scaled to 1, for an error of a row grows by 1 / (1 - discount) in the values.
/// </remarks>
public sealed class TabularPolicy : IPolicy
{
    private const double AcceptedSumError = 1e-6;
    private const double KeptSumError = 1e-12;
    private const int Chunk = 256; // copies whose numbers are drawn together

    private readonly double[] _probabilities;

    /// <summary>Wraps a table, or a copy of it where rows must be scaled.</summary>
    /// <param name="probabilities">[T, S, A] in row-major order, T = 1 for a stationary policy; each [A] sums to 1 within 1e-6. Not changed.</param>
    /// <param name="times">T, at least 1.</param>
    /// <param name="states">S, at least 1.</param>
    /// <param name="actions">A, at least 1.</param>
    /// <exception cref="VsgGymException">The length is not T * S * A, or a row is not a distribution.</exception>
    public TabularPolicy(double[] probabilities, int times, int states, int actions)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (times < 1 || states < 1 || actions < 1 || probabilities.Length != (long)times * states * actions)
            throw VsgGymException.Invalid("policy", $"{probabilities.Length} numbers", $"must have shape [{times}, {states}, {actions}], each at least 1", "wrong_shape");
        (_probabilities, Times, States, Actions) = (probabilities, times, states, actions);
        var faults = new FaultList();
        for (int row = 0; row < times * states; row++)
            if (!Simplex.IsDistribution(Row(row / states, row % states), AcceptedSumError))
                faults.Add($"policy[{row / states}, {row % states}]", string.Join(", ", Row(row / states, row % states).ToArray()), "must be probabilities that sum to 1 within 1e-6", "bad_sum");
        faults.ThrowIfAny();
        _probabilities = WithExactSums(probabilities, actions);
    }

    /// <summary>T: 1 for a stationary policy.</summary>
    public int Times { get; }

    /// <summary>S.</summary>
    public int States { get; }

    /// <summary>A.</summary>
    public int Actions { get; }

    /// <summary>The table, [T, S, A] in row-major order.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>The action probabilities in a state at a time, [A].</summary>
    /// <param name="time">At least 0; times past the end use the last block.</param>
    /// <param name="state">In [0, S).</param>
    public ReadOnlySpan<double> Row(int time, int state) =>
        _probabilities.AsSpan(((Math.Min(time, Times - 1) * States) + state) * Actions, Actions);

    /// <inheritdoc/>
    public void CheckFits(EnvironmentSpec spec, int player)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string name = spec.Players[player];
        int? states = spec.TableStates ?? (spec.Observations[player] as DiscreteSpace)?.Count;
        if (states is not { } count || spec.Actions[player] is not DiscreteSpace actions)
            throw VsgGymException.Invalid($"others.{name}", "table", "a table can only play a seat of a tabular game, or one with discrete observations and actions", "wrong_space");
        if (count != States || actions.Count != Actions)
            throw VsgGymException.Invalid($"others.{name}", $"[.., {States}, {Actions}]", $"must have shape [{count}, {actions.Count}] or [T, {count}, {actions.Count}]", "wrong_shape");
    }

    /// <inheritdoc/>
    public void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        Span<int> actions = worlds.DiscreteActions(player);
        bool seesNumbers = worlds.Spec.Observations[player] is DiscreteSpace;
        ReadOnlySpan<int> seen = seesNumbers ? worlds.DiscreteObservations(player) : [];
        ReadOnlySpan<double> hidden = worlds.States; // a table's hidden state is one number
        ReadOnlySpan<bool> masks = worlds.LegalActions(player), live = worlds.Live(player);
        Span<ulong> words = stackalloc ulong[Chunk];
        for (int b = 0; b < copies.Length; b++)
        {
            if (b % Chunk == 0) worlds.FirstWords(b, 1 + (uint)player, words[..Math.Min(Chunk, copies.Length - b)]);
            if (!(copies[b] & live[b])) continue;
            int action = Simplex.Sample(Row(worlds.TimeOf(b), seesNumbers ? seen[b] : (int)hidden[b]), RandomBatch.ToDouble(words[b % Chunk]));
            // A caller's table may put weight on an illegal action; the world then plays the first legal one.
            actions[b] = masks.IsEmpty || masks[(b * Actions) + action] ? action : masks.Slice(b * Actions, Actions).IndexOf(true);
        }
    }
    private static double[] WithExactSums(double[] probabilities, int actions)
    {
        double[] scaled = probabilities;
        for (int start = 0; start < probabilities.Length; start += actions)
        {
            double sum = 0;
            for (int a = 0; a < actions; a++) sum += probabilities[start + a];
            if (Math.Abs(sum - 1) <= KeptSumError) continue;
            if (ReferenceEquals(scaled, probabilities)) scaled = (double[])probabilities.Clone();
            for (int a = 0; a < actions; a++) scaled[start + a] /= sum;
        }

        return scaled;
    }
}
