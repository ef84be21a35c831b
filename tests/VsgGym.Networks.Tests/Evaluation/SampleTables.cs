using VsgGym.Core;

namespace VsgGym.Networks.Tests;

/// <summary>A table of three seats and three states with random moves and a forbidden action.</summary>
internal static class SampleTables
{
    public static StochasticGame Moves()
    {
        var builder = new StochasticGameBuilder(["row", "column", "layer"], 3, [3, 2, 4]).Forbid(0, 2, 1).WithInitial([0.5, 0.25, 0.25]);
        for (int s = 0; s < 3; s++)
            for (int joint = 0; joint < 24; joint++)
            {
                if (s == 2 && joint / 8 == 1) continue;
                builder.SetReward(0, s, joint, s + (0.1 * joint));
                builder.AddTransition(s, joint, (s + 1) % 3, 0.5).AddTransition(s, joint, joint % 3, 0.5);
            }

        return builder.BuildFiniteHorizon(5);
    }
}
