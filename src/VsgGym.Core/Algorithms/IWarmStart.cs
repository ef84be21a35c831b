namespace VsgGym.Core;

/// <summary>An algorithm that can start from an earlier answer, of its own or of another method, instead of its usual start.</summary>
public interface IWarmStart
{
    /// <summary>Takes what the method can use; called at most once, before the first step.</summary>
    /// <param name="earlier">Policies of the same game, [S, A] or with a horizon also [T, S, A], and where they are not empty values, [S] or [T + 1, S],
    /// opponent models, [S, A_j, ...] or [T, S, A_j, ...], and arrays. An answer of another game that has these shapes is taken as one of this game.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="VsgGymException">Every part that does not fit the game; the algorithm is then as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the algorithm is of no use then.</exception>
    void Start(Solution earlier, CancellationToken cancellationToken = default);
}
