using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>Lets players, who share nothing, learn at the same time; what they learn does not depend on it.</summary>
/// <remarks>
/// The updates of one player are many small operations of which only the products of matrices can be cut into threads. So the threads that torch
/// may use go to the players first, and its operations have what is left of them meanwhile.
/// </remarks>
internal static class PlayerThreads
{
    private static readonly Lock Gate = new();
    private static int s_inside; // learners that are in here now
    private static int s_threads; // what torch may use while there are none

    /// <summary>Does something for every player, at the same time where torch may use more than one thread.</summary>
    /// <param name="players">At least one.</param>
    /// <param name="learn">What to do; touches nothing of another player.</param>
    /// <exception cref="Exception">What it threw, of several players that of the first.</exception>
    public static void ForEach<T>(IReadOnlyList<T> players, Action<T> learn)
    {
        int threads = Enter(players.Count);
        try
        {
            if (threads == 1)
            {
                foreach (var player in players) learn(player);
                return;
            }

            var failures = new ExceptionDispatchInfo?[players.Count];
            Parallel.For(0, players.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, p =>
            {
                try
                {
                    learn(players[p]);
                }
                catch (Exception error) // whatever it is, it is thrown again below
                {
                    failures[p] = ExceptionDispatchInfo.Capture(error);
                }
            });
            foreach (var failure in failures) failure?.Throw();
        }
        finally
        {
            Leave();
        }
    }

    private static int Enter(int players)
    {
        lock (Gate)
        {
            if (s_inside++ == 0) s_threads = get_num_threads();
            int threads = Math.Min(s_threads, players);
            if (threads > 1) set_num_threads(Math.Max(1, s_threads / players));
            return threads;
        }
    }

    private static void Leave()
    {
        lock (Gate)
        {
            if (--s_inside == 0 && get_num_threads() != s_threads) set_num_threads(s_threads);
        }
    }
}
