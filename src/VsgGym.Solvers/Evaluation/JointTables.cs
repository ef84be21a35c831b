using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The probabilities of joint actions under a profile: those of its common signal, or the product of its policies.</summary>
internal static class JointTables
{
    /// <summary>Whether they are the same at all times.</summary>
    public static bool IsStationary(PolicyProfile policies) =>
        policies.Joint is { } joint ? joint.Times == 1 : policies.Policies.All(policy => policy.Times == 1);

    /// <summary>The probabilities at a time, [S * J].</summary>
    public static double[] At(StochasticGame game, PolicyProfile policies, int time)
    {
        int size = game.JointActionCount;
        var table = new double[game.StateCount * size];
        double[][] blocks = policies.Joint is null ? BackwardInduction.At(policies, time) : [];
        for (int s = 0; s < game.StateCount; s++)
        {
            var row = table.AsSpan(s * size, size);
            if (policies.Joint is { } joint) joint.Row(time, s).CopyTo(row);
            else JointWeights.Fill(game, JointWeights.Nobody, s, blocks, row);
        }

        return table;
    }
}
