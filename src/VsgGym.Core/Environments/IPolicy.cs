namespace VsgGym.Core;

/// <summary>A rule that picks a seat's actions for a batch of copies.</summary>
public interface IPolicy
{
    /// <summary>Whether the policy fits a seat; throws with the reason if not.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="player">The seat's number.</param>
    /// <exception cref="VsgGymException">The policy's shape does not fit the seat.</exception>
    void CheckFits(EnvironmentSpec spec, int player);

    /// <summary>Writes legal actions for a seat of the marked copies into the buffer; copies that the seat has left keep what they have.</summary>
    /// <param name="worlds">Observations and masks to read, actions to write.</param>
    /// <param name="player">The seat's number.</param>
    /// <param name="copies">[B], which copies act.</param>
    void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies);
}
