namespace VsgGym.Core;

/// <summary>Measures policy profiles of one game against an equilibrium concept.</summary>
public interface IMetric
{
    /// <summary>Recomputes everything from the game and the policies.</summary>
    /// <param name="policies">A profile made for the metric's game, which checked that it fits; that it is this game's is not checked again.</param>
    /// <param name="cancellationToken">Checked between states, and inside states of many joint actions.</param>
    /// <returns>The gap and what goes with it, in the unit that the metric's page names, mostly that of the rewards.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">The numbers of all times do not fit.</exception>
    Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken);
}
