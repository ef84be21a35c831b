using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Writes a solver's answer for the wire.</summary>
internal static class SolutionWriter
{
    /// <summary>Policies, values, opponent models and trace; absent where the method has none.</summary>
    public static Proto.Solution Write(SolveOutcome outcome, ISolvableGame game)
    {
        var wire = new Proto.Solution
        {
            Status = ToWire(outcome.Status),
            StopReason = outcome.StopReason,
            Iterations = outcome.Iterations,
            Residual = outcome.LastResidual,
        };
        for (int p = 0; p < game.Players.Length; p++) wire.Players.Add(Write(outcome.Solution, game, p));
        if (outcome.Solution.Policies.Joint is { } joint) wire.JointPolicy = Write(joint, game);
        foreach (var (name, array) in outcome.Solution.Arrays) wire.Arrays.Add(new Proto.NamedTensor { Name = name, Value = Write(array) });
        if (outcome.Trace.Rows.Data.Length > 0)
        {
            wire.Trace = new Proto.Trace { Rows = Write(outcome.Trace.Rows) };
            wire.Trace.Columns.AddRange(outcome.Trace.Columns);
        }

        return wire;
    }

    private static Proto.SolveStatus ToWire(SolveStatus status) => status switch
    {
        SolveStatus.Converged => Proto.SolveStatus.Converged,
        SolveStatus.Diverged => Proto.SolveStatus.Diverged,
        _ => Proto.SolveStatus.Stopped,
    };

    private static Proto.Tensor Write(TabularPolicy joint, ISolvableGame game)
    {
        int[] stationary = [joint.States, .. game.ActionCounts];
        return Tensors.Write(joint.Probabilities, joint.Times == 1 ? stationary : [joint.Times, .. stationary]);
    }

    private static Proto.PlayerSolution Write(Solution solution, ISolvableGame game, int player)
    {
        var wire = new Proto.PlayerSolution { Player = game.Players[player], Policy = PolicyTables.Write(solution.Policies[player]) };
        if (!solution.Values.IsDefaultOrEmpty) wire.Values = Write(solution.Values[player]);
        if (!solution.OpponentModels.IsDefaultOrEmpty) wire.OpponentModel = Write(solution.OpponentModels[player]);
        return wire;
    }

    private static Proto.Tensor Write(ShapedArray array) => Tensors.Write(array.Data, array.Shape.AsSpan());
}
