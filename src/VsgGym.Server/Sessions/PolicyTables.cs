using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Policies between tensors and tables.</summary>
internal static class PolicyTables
{
    /// <summary>Reads a policy; its faults are added and null returned where it is none.</summary>
    /// <param name="tensor">float64 [S, A] or [T, S, A].</param>
    /// <param name="path">Where: "policies.hunter".</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static TabularPolicy? Read(Proto.Tensor? tensor, string path, FaultList faults)
    {
        if (Tensors.Read(tensor, path, faults) is not { } array) return null;
        if (array.Shape.Length is not (2 or 3))
        {
            faults.Add(path, Tensors.Show(array.Shape), "must have shape [S, A] or [T, S, A]", "wrong_shape");
            return null;
        }

        int times = array.Shape.Length == 3 ? array.Shape[0] : 1;
        return FaultPaths.Collect("policy", path, faults, () => new TabularPolicy(array.Data, times, array.Shape[^2], array.Shape[^1]));
    }

    /// <summary>Writes a policy: [S, A] where it is stationary, else [T, S, A].</summary>
    public static Proto.Tensor Write(TabularPolicy policy) => policy.Times == 1
        ? Tensors.Write(policy.Probabilities, policy.States, policy.Actions)
        : Tensors.Write(policy.Probabilities, policy.Times, policy.States, policy.Actions);
}
