using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The certificate of players who act on a common signal.</summary>
internal static class JointCertificate
{
    /// <summary>Each player's best deviation against what it gets by following.</summary>
    public static Certificate Measure(StochasticGame game, WorkCrew? crew, PolicyProfile policies, string concept, JointDeviation deviation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return PlayerGaps.Sum(game, crew, concept, player =>
        {
            var followed = JointResponse.FromStart(game, policies, player, JointDeviation.None, cancellationToken);
            var best = JointResponse.FromStart(game, policies, player, deviation, cancellationToken);
            return (Math.Max(0, best.Value - followed.Value), followed.Value, followed.Accuracy + best.Accuracy); // following counts as no deviation
        });
    }
}
