using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What is known of a logit quantal response equilibrium, beside what is measured of it.</summary>
internal static class LogitBounds
{
    private const string Distance = "An agent logit quantal response equilibrium has a quantal_response gap of 0 at temperature 1 / lambda; measured: that gap of the answer.";
    private const string Nash = "A quantal response costs at most log |A_i| / lambda per decision, so NashConv is at most the sum over players of that, plus the quantal_response "
        + "gap, times the horizon or 1 / (1 - gamma); measured: NashConv.";
    private const string Branch = "Turocy 2005: in almost all games the branch from uniform play crosses no other, which makes its equilibrium the principal one; measured: how "
        + "often it did.";

    /// <summary>The three bounds.</summary>
    public static IReadOnlyDictionary<string, Bound> Of(StochasticGame game, PolicyProfile policies, double lambda, int branchPoints, CancellationToken cancellationToken)
    {
        double distance = new QuantalResponseGap(game, new QuantalResponseGap.Options { Temperature = 1 / lambda }).Measure(policies, cancellationToken).Gap;
        double nash = new NashCertificate(game).Measure(policies, cancellationToken).Gap;
        double steps = game.Horizon ?? (1 / (1 - game.Discount));
        double most = steps * ((game.ActionCounts.Sum(actions => Math.Log(actions)) / lambda) + distance);
        return ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
            .Add("quantal_response", new Bound(0, double.IsFinite(distance), Distance, distance))
            .Add("nash", new Bound(most, double.IsFinite(most), Nash, nash))
            .Add("principal_branch", new Bound(0, branchPoints == 0, Branch, branchPoints));
    }
}
