using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

/// <summary>Each operator's gradient against central differences in double precision, and its gradient's gradient.</summary>
public sealed class GradientTests
{
    private const double Step = 1e-5;

    // Neither the comparisons nor what returns whole numbers or copies out of the graph has a gradient.
    private static readonly HashSet<string> WithoutGradient =
    [
        "eq", "ne", "lt", "le", "gt", "ge", "logical_not", "logical_and", "logical_or", "isnan", "isfinite", "all", "any", "equal",
        "argmax", "argmin", "argsort", "nonzero", "detach", "multinomial", "bernoulli", "new_zeros", "Load",
        "MoveToOuterDisposeScope", "DetachFromDisposeScope", "MoveToOtherDisposeScope",
    ];

    // Not of the second kind: single precision in between.
    private static readonly HashSet<string> WithoutSecond = ["to_type", "prod", "prod_dim"];

    public static TheoryData<string> Names => [.. Operators.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_IsTheCentralDifference(string name)
    {
        using var scope = NewDisposeScope();
        Operators.Operator op = Operators.All[name];
        Tensor[] inputs = Inputs(op);
        Tensor result = op.Run(inputs);
        Tensor weights = Weights(result.shape);
        (result * weights).sum().backward();
        foreach (Tensor input in inputs)
        {
            double[] expected = Differences(input, () => (op.Run(inputs) * weights).sum().ToDouble());
            double[] actual = input.grad is { } gradient ? gradient.data<double>().ToArray() : new double[expected.Length];
            for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= (name == "to_type" ? 1e-1 : 2e-6) * (1 + Math.Abs(expected[i])), $"{name}[{i}]: {actual[i]} for {expected[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientOfTheGradient_IsTheCentralDifference(string name)
    {
        if (WithoutSecond.Contains(name)) return;
        using var scope = NewDisposeScope();
        Operators.Operator op = Operators.All[name];
        Tensor[] inputs = Inputs(op);
        Tensor weights = Weights(op.Run(inputs).shape);
        Tensor First() => autograd.grad([(op.Run(inputs) * weights).sum()], inputs, create_graph: true, allow_unused: true)
            .Where(g => g is not null).Aggregate(zeros([], float64), (sum, g) => sum + (g * Weights(g.shape)).sum());
        Tensor first = First();
        if (!first.requires_grad) return;
        IList<Tensor> second = autograd.grad([first], inputs, allow_unused: true);
        for (int k = 0; k < inputs.Length; k++)
        {
            double[] expected = Differences(inputs[k], () => First().ToDouble());
            double[] actual = second[k] is { } gradient ? gradient.data<double>().ToArray() : new double[expected.Length];
            for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * (1 + Math.Abs(expected[i])), $"{name}[{i}]: {actual[i]} for {expected[i]}");
        }
    }

    [Fact]
    public void EveryOperatorOfTensor_IsInTheTable()
    {
        var missing = from method in typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                      where method.ReturnType == typeof(Tensor) && !method.IsSpecialName && !method.Name.EndsWith('_')
                      where !WithoutGradient.Contains(method.Name) && !Operators.All.ContainsKey(method.Name)
                      select method.Name;
#if !UPSTREAM
        Assert.Empty(missing.Distinct());
#endif
    }

    internal static Tensor[] Inputs(Operators.Operator op)
    {
        var generator = new Generator(11);
        return [.. op.Inputs.Select(input => Input(input.Shape, input.Domain, generator).requires_grad_())];
    }

    private static Tensor Input(long[] shape, Operators.Domain domain, Generator generator)
    {
        Tensor unit = rand(shape, float64, generator: generator);
        return domain switch
        {
            Operators.Domain.Positive => unit + 0.5,
            Operators.Domain.Unit => unit - 0.5,
            // Multiples of 0.17 in random order, off the kinks at 0 and the halves.
            Operators.Domain.Apart => ((unit.flatten().argsort().to(float64) - (unit.numel() / 2)) * 0.17 + 0.057).reshape(shape),
            _ => (unit * 3) - 1.5,
        };
    }

    private static Tensor Weights(long[] shape) => sin(arange(1, shape.Aggregate(1L, (a, b) => a * b) + 1, dtype: float64)).reshape(shape);

    private static double[] Differences(Tensor input, Func<double> value)
    {
        var result = new double[input.numel()];
        double[] values = input.data<double>().ToArray();
        for (int i = 0; i < result.Length; i++)
        {
            double center = values[i];
            double At(double x)
            {
                values[i] = x;
                using (no_grad()) input.copy_(tensor(values, input.shape));
                return value();
            }

            result[i] = (At(center + Step) - At(center - Step)) / (2 * Step);
            At(center);
        }

        return result;
    }
}
