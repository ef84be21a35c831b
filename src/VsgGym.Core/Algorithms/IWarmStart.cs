namespace VsgGym.Core;

/// <summary>An algorithm that can start from an earlier answer, of its own or of another method, instead of its usual start.</summary>
public interface IWarmStart
{
    /// <summary>Takes what the method can use; called at most once, before the first step.</summary>
    /// <param name="earlier">Policies of the same game, and values, opponent models and arrays where they are not empty.</param>
    /// <exception cref="VsgGymException">A part that the method needs has the wrong shape.</exception>
    void Start(Solution earlier);

    /// <summary>As the other form, for methods that may take long to read an answer.</summary>
    /// <param name="earlier">Policies of the same game, and values, opponent models and arrays where they are not empty.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="VsgGymException">A part that the method needs has the wrong shape.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the algorithm is of no use then.</exception>
    void Start(Solution earlier, CancellationToken cancellationToken) => Start(earlier);
}
