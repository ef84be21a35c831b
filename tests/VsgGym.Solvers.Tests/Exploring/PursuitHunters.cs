using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Two hunters and a prey on the 3x3 grid (Etesami and Straehle 2020, section 7, second variant).</summary>
internal static class PursuitHunters
{
    public const int Stay = 0, Up = 1, Right = 2, Down = 3, Left = 4;

    /// <summary>The number of a state: nodes 0..8 row by row from the top left.</summary>
    public static int State(int hunter1, int hunter2, int prey) => (((hunter1 * 9) + hunter2) * 9) + prey;

    public static StochasticGame Create(int horizon, bool finalReward)
    {
        var builder = new StochasticGameBuilder(["hunter_1", "hunter_2", "prey"], 729, [5, 5, 5]);
        for (int s = 0; s < 729; s++)
        {
            int[] nodes = [s / 81, s / 9 % 9, s % 9];
            double[] rewards = [Hunter(nodes[0], nodes[1], nodes[2]), Hunter(nodes[1], nodes[0], nodes[2]), nodes[2] == nodes[0] || nodes[2] == nodes[1] ? -1.0 / 8 : 0];
            for (int p = 0; p < 3; p++)
            {
                if (finalReward) builder.SetTerminalReward(p, s, rewards[p]);
                for (int a = 0; a < 5; a++)
                    if (Move(nodes[p], a) < 0) builder.Forbid(p, s, a);
            }

            for (int j = 0; j < 125; j++)
            {
                int[] next = [Move(nodes[0], j / 25), Move(nodes[1], j / 5 % 5), Move(nodes[2], j % 5)];
                if (next.Min() < 0) continue;
                builder.AddTransition(s, j, State(next[0], next[1], next[2]), 1);
                for (int p = 0; p < 3; p++) builder.SetReward(p, s, j, rewards[p]);
            }
        }

        return builder.BuildFiniteHorizon(horizon);
    }

    private static double Hunter(int self, int other, int prey) => (self == other, self == prey) switch
    {
        (true, false) => -15.0 / 4,
        (true, true) => -10.0 / 4,
        (false, true) => 5.0 / 4,
        _ => 0,
    };

    private static int Move(int node, int action) => action switch
    {
        Up => node >= 3 ? node - 3 : -1,
        Right => node % 3 < 2 ? node + 1 : -1,
        Down => node < 6 ? node + 3 : -1,
        Left => node % 3 > 0 ? node - 1 : -1,
        _ => node,
    };
}
