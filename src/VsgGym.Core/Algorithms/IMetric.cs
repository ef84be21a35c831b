namespace VsgGym.Core;

/// <summary>Measures policy profiles of one game against an equilibrium concept.</summary>
public interface IMetric
{
    /// <summary>Recomputes everything from the game and the policies.</summary>
    /// <param name="policies">A profile of the game.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken);
}
