using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>A mean-field game whose rewards and transitions are linear in the population's distribution: arrays in, every fault at once.</summary>
public sealed class LinearMeanFieldGame : MeanFieldGame
{
    private readonly double[] _rewards;         // [1 or T, S, A]
    private readonly double[] _rewardTerms;     // [1 or T, S, A, S] or empty
    private readonly double[] _transitions;     // [1 or T, S, A, S]
    private readonly double[] _transitionTerms; // [1 or T, S, A, S, S] or empty

    /// <summary>Checks the arrays and takes them over.</summary>
    /// <param name="tables">The arrays; not to be changed afterwards.</param>
    /// <exception cref="VsgGymException">
    /// Every fault of shape, finiteness and probability, with its indices (a row must be a distribution for every population), or
    /// RESOURCE_EXHAUSTED: the game is too large.
    /// </exception>
    public LinearMeanFieldGame(LinearMeanFieldTables tables)
        : base(LinearMeanFieldChecks.Shape(tables))
    {
        Tables = tables;
        (_rewards, _rewardTerms) = (tables.Rewards.Data, tables.RewardTerms?.Data ?? []);
        (_transitions, _transitionTerms) = (tables.Transitions.Data, tables.TransitionTerms?.Data ?? []);
        (LowestReward, HighestReward) = Bounds(tables.Rewards.Shape.Length == 3 || tables.RewardTerms?.Shape.Length == 4 ? Horizon : 1);
    }

    /// <summary>The arrays it was made from.</summary>
    public LinearMeanFieldTables Tables { get; }

    /// <inheritdoc/>
    public override double LowestReward { get; }

    /// <inheritdoc/>
    public override double HighestReward { get; }

    /// <inheritdoc/>
    public override bool TransitionsDependOnPopulation => _transitionTerms.Length > 0;

    /// <inheritdoc/>
    public override ImmutableArray<int> Felt(int state)
    {
        var felt = new SortedSet<int>();
        AddFelt(_rewardTerms, ActionCount, state, felt);
        AddFelt(_transitionTerms, ActionCount * StateCount, state, felt);
        return [.. felt];
    }

    /// <inheritdoc/>
    public override double Reward(int time, int state, int action, ReadOnlySpan<double> population)
    {
        long row = (((long)time * StateCount) + state) * ActionCount + action;
        double reward = _rewards[(int)(row % _rewards.Length)];
        return _rewardTerms.Length == 0 ? reward : reward + Dot(Row(_rewardTerms, row), population);
    }

    /// <inheritdoc/>
    public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
    {
        long row = (((long)time * StateCount) + state) * ActionCount + action;
        Row(_transitions, row).CopyTo(next);
        for (int s = 0; s < StateCount && _transitionTerms.Length > 0; s++)
            next[s] = Math.Max(0, next[s] + Dot(Row(_transitionTerms, (row * StateCount) + s), population)); // rounding may put it a hair below 0
    }

    /// <summary>Adds what any time's terms of a state, which are so many rows of S numbers, are not 0 for.</summary>
    private void AddFelt(double[] terms, int rows, int state, SortedSet<int> felt)
    {
        int width = rows * StateCount;
        for (int start = state * width; start < terms.Length; start += StateCount * width)
            for (int k = start; k < start + width; k++)
                if (terms[k] != 0) felt.Add(k % StateCount);
    }

    private static double Dot(ReadOnlySpan<double> terms, ReadOnlySpan<double> population)
    {
        double sum = 0;
        for (int z = 0; z < terms.Length; z++) sum += population[z] * terms[z];
        return sum;
    }

    /// <summary>S numbers; an array without times repeats itself.</summary>
    private ReadOnlySpan<double> Row(double[] table, long row) => table.AsSpan((int)(row % (table.Length / StateCount)) * StateCount, StateCount);

    /// <summary>A reward is linear in the population, so its bounds lie where the whole population is in one state.</summary>
    private (double Lowest, double Highest) Bounds(int times)
    {
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        for (int row = 0; row < times * StateCount * ActionCount; row++)
        {
            double reward = _rewards[row % _rewards.Length];
            for (int z = 0; z < (_rewardTerms.Length == 0 ? 1 : StateCount); z++)
            {
                double corner = _rewardTerms.Length == 0 ? reward : reward + Row(_rewardTerms, row)[z];
                (lowest, highest) = (Math.Min(lowest, corner), Math.Max(highest, corner));
            }
        }

        return (lowest, highest);
    }
}
