using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Sums within each episode of a block, and over the episodes in their order: who played which episode when leaves no trace.</summary>
internal sealed class EpisodeSums
{
    private readonly EnvironmentSpec _spec;
    private readonly double[][] _returns; // [N][block]
    private readonly double[][] _actions; // [N][block * length], empty for discrete actions
    private readonly ReturnStatistics[] _statistics;
    private readonly double[][] _actionSums; // [N][length]
    private readonly long[] _decisions; // [N]
    private long _steps;
    private long _episodes;

    public EpisodeSums(EnvironmentSpec spec, int block)
    {
        _spec = spec;
        _returns = [.. spec.Players.Select(_ => new double[block])];
        _actionSums = [.. spec.Actions.Select(space => new double[space is BoxSpace ? space.Length : 0])];
        _actions = [.. _actionSums.Select(sums => new double[block * sums.Length])];
        _statistics = [.. spec.Players.Select(_ => new ReturnStatistics())];
        _decisions = new long[spec.PlayerCount];
    }

    /// <summary>Notes the actions of live seats, before the step that may end them.</summary>
    /// <param name="worlds">The copies with their actions.</param>
    /// <param name="episodes">[B], the episode of the block that a copy plays, negative for none.</param>
    public void AddActions(StepBuffer worlds, ReadOnlySpan<int> episodes)
    {
        for (int p = 0; p < _spec.PlayerCount; p++)
        {
            int length = _actionSums[p].Length;
            if (length == 0) continue;
            ReadOnlySpan<bool> live = worlds.Live(p);
            for (int b = 0; b < episodes.Length; b++)
            {
                if (episodes[b] < 0 || !live[b]) continue;
                _decisions[p]++;
                var action = worlds.BoxActionOf(p, b);
                for (int k = 0; k < length; k++) _actions[p][(episodes[b] * length) + k] += action[k];
            }
        }
    }

    /// <summary>Notes the rewards of a step.</summary>
    /// <param name="worlds">The copies after the step.</param>
    /// <param name="episodes">[B], the episode of the block that a copy plays, negative for none.</param>
    public void AddRewards(StepBuffer worlds, ReadOnlySpan<int> episodes)
    {
        for (int p = 0; p < _spec.PlayerCount; p++)
        {
            ReadOnlySpan<double> rewards = worlds.Rewards(p);
            double[] returns = _returns[p];
            for (int b = 0; b < episodes.Length; b++)
                if (episodes[b] >= 0) returns[episodes[b]] += rewards[b];
        }

        foreach (int episode in episodes)
            if (episode >= 0) _steps++;
    }

    /// <summary>Adds the episodes of the block, first to last, and starts the next block from zero.</summary>
    /// <param name="episodes">How many the block had.</param>
    public void EndBlock(int episodes)
    {
        _episodes += episodes;
        for (int p = 0; p < _spec.PlayerCount; p++)
        {
            for (int e = 0; e < episodes; e++) _statistics[p].Add(_returns[p][e]);
            int length = _actionSums[p].Length;
            for (int i = 0; i < episodes * length; i++) _actionSums[p][i % length] += _actions[p][i];
            Array.Clear(_returns[p]);
            Array.Clear(_actions[p]);
        }
    }

    /// <summary>What all blocks so far add up to.</summary>
    public EvaluationResult ToResult() => new(_episodes, (double)_steps / _episodes, [.. Enumerable.Range(0, _spec.PlayerCount).Select(ToReturns)]);

    private PlayerReturns ToReturns(int player)
    {
        var statistics = _statistics[player];
        ImmutableArray<double> meanAction = [.. _actionSums[player].Select(sum => sum / _decisions[player])];
        return new PlayerReturns(_spec.Players[player], statistics.Mean, statistics.StandardError, statistics.Lowest, statistics.Highest, meanAction);
    }
}
