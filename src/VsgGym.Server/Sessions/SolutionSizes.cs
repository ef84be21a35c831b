using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>How large an answer gets, known before the solve; trace, certificate and texts come on top.</summary>
internal static class SolutionSizes
{
    /// <summary>What the smallest answer for a game needs, stationary policies alone, in bytes; needs no solver.</summary>
    public static long LeastOf(ISolvableGame game) =>
        game.ActionCounts.Sum(actions => (long)game.StateCount * actions) * sizeof(double);

    /// <summary>What an answer's policies (over the horizon, where they depend on time), values and opponent models need, in bytes.</summary>
    public static long Of(Solution solution) => sizeof(double) * (
        solution.Policies.Policies.Sum(policy => (long)policy.Probabilities.Length)
        + (solution.Policies.Joint?.Probabilities.Length ?? 0)
        + solution.Arrays.Values.Sum(array => (long)array.Data.Length)
        + Numbers(solution.Values)
        + Numbers(solution.OpponentModels));

    private static long Numbers(System.Collections.Immutable.ImmutableArray<ShapedArray> arrays) =>
        arrays.IsDefaultOrEmpty ? 0 : arrays.Sum(array => (long)array.Data.Length);
}
