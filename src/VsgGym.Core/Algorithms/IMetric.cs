namespace VsgGym.Core;

/// <summary>Measures a policy profile against an equilibrium concept.</summary>
public interface IMetric
{
    /// <summary>Recomputes everything from the game and the policies.</summary>
    /// <param name="game">The table.</param>
    /// <param name="policies">The profile.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    Certificate Measure(StochasticGame game, PolicyProfile policies, CancellationToken cancellationToken);
}
