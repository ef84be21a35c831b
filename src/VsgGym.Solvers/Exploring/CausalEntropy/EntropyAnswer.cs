using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What exploring players over all times play and expect.</summary>
internal static class EntropyAnswer
{
    /// <summary>Copies policies and values.</summary>
    public static Solution Of(StochasticGame game, EntropyPlay play)
    {
        int states = game.StateCount, times = game.Horizon ?? 1;
        return new Solution
        {
            Policies = new PolicyProfile(game, [.. play.Policies.Select((table, p) => new TabularPolicy([.. table], times, states, game.ActionCounts[p]))]),
            Values = [.. play.Values.Select(values => game.Horizon is null ? new ShapedArray([.. values], states) : new ShapedArray([.. values], times + 1, states))],
        };
    }
}
