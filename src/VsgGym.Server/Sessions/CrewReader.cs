using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Server.Sessions;

/// <summary>Reads how many threads share a solver's sweeps.</summary>
internal static class CrewReader
{
    private const int MostThreads = 256;

    /// <summary>The crew of a solve.</summary>
    /// <param name="threads">0 for one per processor.</param>
    /// <exception cref="VsgGymException">The number is out of range.</exception>
    public static WorkCrew Read(int threads)
    {
        if (threads is < 0 or > MostThreads) throw VsgGymException.Invalid("threads", threads, $"must be in [1, {MostThreads}], or 0 for one per processor", "out_of_range");
        return new WorkCrew(threads == 0 ? Math.Min(System.Environment.ProcessorCount, MostThreads) : threads);
    }
}
