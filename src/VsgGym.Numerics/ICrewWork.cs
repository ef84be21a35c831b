namespace VsgGym.Numerics;

/// <summary>What a crew does with the blocks of a sweep.</summary>
public interface ICrewWork
{
    /// <summary>Does one block; called from several threads at once for different blocks.</summary>
    /// <param name="start">The first item.</param>
    /// <param name="end">Behind the last item.</param>
    /// <param name="cancellationToken">To be checked inside long blocks.</param>
    /// <returns>The block's part of a maximum, such as its residual.</returns>
    double Run(int start, int end, CancellationToken cancellationToken);
}
