using VsgGym.Games;
using VsgGym.Learning;
using VsgGym.Numerics;

namespace VsgGym.Benchmarks.Learning;

/// <summary>One thing that is measured on both sides.</summary>
/// <param name="Name">Its name, as learning.py knows it.</param>
/// <param name="Text">Its name for readers.</param>
/// <param name="MultiplyAdds">Multiply-adds of every matrix product of one of our steps.</param>
/// <param name="Steps">Steps in one turn of ours.</param>
/// <param name="Variants">Forms of it on the other side: the plain one first.</param>
/// <param name="Step">Does one step.</param>
internal sealed record Row(string Name, string Text, long MultiplyAdds, int Steps, string[] Variants, Action Step)
{
    private const int Batch = 256;
    private const int Hidden = 100;

    // Our steps before the first measurement: the prior's window of 512 is full then, and everything is compiled.
    public const int Warmup = 530;

    /// <summary>The rows of the table, with networks and games of their own.</summary>
    public static Row[] All()
    {
        var rommeo = new RommeoAc(
            new Differential(new()).CreateEnvironment(),
            new RommeoAc.Options { Protocol = VsgGym.Learning.Protocol.Published, UpdateOrder = UpdateOrder.InTurn, PadPriorWindow = false, Batch = Batch, Steps = 1_000_000 },
            RandomStream.Create(0));
        var mai = new Mai(
            new Differential(new()).CreateEnvironment(),
            new Mai.Options { Protocol = VsgGym.Learning.Protocol.Published, UpdateOrder = UpdateOrder.InTurn, PadPriorWindow = false, Batch = Batch, Steps = 1_000_000 },
            RandomStream.Create(0));
        return
        [
            new("mlp", "training step, MLP 64-100-100-1", Batch * Trained(64, 1), 300, ["rows"], new Regression().Step),
            new("rommeo_ac", "step of rommeo_ac, differential-v0", 2 * Batch * Rommeo(), 100, ["rows", "once"], () => rommeo.Step(default)),
            new("mai", "step of mai, differential-v0", 2 * Batch * Mai(), 60, ["rows", "once"], () => mai.Step(default)),
        ];
    }

    // Per row of a batch; the few single rows of networks that see only the state are left out.
    private static long Rommeo() => Trained(3, 1) + Trained(2, 2) + Into(2) + Frozen(3, 1);

    private static long Mai() =>
        Trained(3, 1) + Trained(2, 2) + Forward(2, 2) + (2 * Frozen(3, 1)) + (2 * Trained(3, 1)); // r_hat sees data and samples

    private static long Forward(int inputs, int outputs) => Hidden * (inputs + Hidden + outputs);

    // Forward, the gradients of the weights, and those of both hidden layers.
    private static long Trained(int inputs, int outputs) => (2 * Forward(inputs, outputs)) + (Hidden * (Hidden + outputs));

    private static long Into(int inputs) => Hidden * inputs;

    // Forward, and back to the inputs only.
    private static long Frozen(int inputs, int outputs) => Forward(inputs, outputs) + (Hidden * (Hidden + outputs)) + Into(inputs);
}
