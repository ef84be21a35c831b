using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>About how many operations a state of a game costs in a sweep, for the crew that shares the states; at least 1.</summary>
internal static class SweepCost
{
    /// <summary>Of reading the state's transitions and rewards.</summary>
    /// <param name="game">The table.</param>
    /// <param name="times">How often, at least 1.</param>
    public static int OfBackups(StochasticGame game, int times = 1) =>
        Limited(times * ((2.0 * game.TransitionCount / game.StateCount) + (4.0 * game.JointActionCount)));

    /// <summary>Of solving the state's matrix game: a pivot for each action, of a number for each joint action.</summary>
    public static int OfMatrixGame(StochasticGame game)
    {
        double pivots = 0;
        foreach (int actions in game.ActionCounts) pivots += actions; // without a boxed enumerator: a sweep allocates nothing
        return Limited(4 * game.JointActionCount * pivots);
    }

    /// <summary>Of solving a linear program: a pivot for each constraint, of a number for each variable and constraint.</summary>
    public static int OfProgram(double variables, double constraints) => Limited(constraints * constraints * variables);

    /// <summary>A number of operations, as a crew takes it.</summary>
    public static int Limited(double operations) => (int)Math.Clamp(operations, 1, int.MaxValue);
}
