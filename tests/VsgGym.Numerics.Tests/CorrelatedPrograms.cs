namespace VsgGym.Numerics.Tests;

/// <summary>The linear programs of correlated equilibria of random games: feasible, bounded, and degenerate, as all right sides but one are 0.</summary>
internal static class CorrelatedPrograms
{
    public enum Payoffs
    {
        Even, // uniform in [0, 1)
        Symmetric, // a player's depend on its own action and on which the others play, not on who plays them
        Common, // one potential for all: every best row stands in many ties
        Few, // 0, 1 or 2: many equal numbers
        Decades, // sizes from 1e-3 to 1e3
    }

    /// <summary>The program of a random game.</summary>
    /// <param name="counts">Number of actions of each player.</param>
    /// <param name="kind">Of the payoffs.</param>
    /// <param name="egalitarian">Whether the least value is maximized instead of the sum of values.</param>
    /// <param name="random">The source.</param>
    public static LinearProgram Draw(int[] counts, Payoffs kind, bool egalitarian, ref RandomStream random)
    {
        int players = counts.Length, joint = counts.Aggregate(1, (size, count) => size * count), row = counts.Sum(count => count * (count - 1));
        double[][] payoffs = DrawPayoffs(counts, joint, kind, ref random);
        double least = payoffs.Min(own => own.Min()), range = payoffs.Max(own => own.Max()) - least;
        var program = new LinearProgram(joint + (egalitarian ? 1 : 0), row + 1 + (egalitarian ? players : 0));
        Constrain(program, counts, payoffs, range);
        program.Row(row)[..joint].Fill(1);
        program.SetRightSide(row, ConstraintKind.Equal, 1);
        if (egalitarian) program.Free(joint);
        if (egalitarian) program.Objective[joint] = 1;
        for (int p = 0; p < players; p++)
            for (int a = 0; a < joint; a++)
            {
                double scaled = (payoffs[p][a] - least) / range;
                if (!egalitarian) program.Objective[a] += scaled;
                else (program.Row(row + 1 + p)[a], program.Row(row + 1 + p)[joint]) = (-scaled, 1);
            }

        return program;
    }

    // sum over a_-i of sigma(a) [u_i(b, a_-i) - u_i(a)] <= 0 for all i, a_i and b.
    private static void Constrain(LinearProgram program, int[] counts, double[][] payoffs, double range)
    {
        for (int p = 0, row = 0, stride = payoffs[0].Length; p < counts.Length; p++)
        {
            stride /= counts[p];
            for (int told = 0; told < counts[p]; told++)
                for (int instead = 0; instead < counts[p]; instead++)
                {
                    if (told == instead) continue;
                    var left = program.Row(row++);
                    for (int a = 0; a < payoffs[p].Length; a++)
                        if (a / stride % counts[p] == told) left[a] = (payoffs[p][a + ((instead - told) * stride)] - payoffs[p][a]) / range;
                }
        }
    }

    private static double[][] DrawPayoffs(int[] counts, int joint, Payoffs kind, ref RandomStream random)
    {
        var payoffs = new double[counts.Length][];
        var known = new Dictionary<string, double>();
        for (int p = 0; p < payoffs.Length; p++)
        {
            payoffs[p] = new double[joint];
            for (int a = 0; a < joint; a++)
            {
                double number = kind switch
                {
                    Payoffs.Few => random.NextInt32(3),
                    Payoffs.Decades => (random.NextDouble() - .5) * Math.Pow(10, random.NextInt32(7) - 3),
                    _ => random.NextDouble(),
                };
                string key = kind == Payoffs.Symmetric ? Seen(counts, a, p) : kind == Payoffs.Common ? $"{a}" : $"{p} {a}";
                payoffs[p][a] = known.TryGetValue(key, out double earlier) ? earlier : known[key] = number;
            }
        }

        return payoffs;
    }

    // A joint action as a player sees it: its own action and those of the others in order.
    private static string Seen(int[] counts, int joint, int player)
    {
        var actions = new List<int>();
        for (int p = counts.Length - 1; p >= 0; joint /= counts[p--]) actions.Insert(0, joint % counts[p]);
        int own = actions[player];
        actions.RemoveAt(player);
        return $"{own}: {string.Join(' ', actions.Order())}";
    }
}
