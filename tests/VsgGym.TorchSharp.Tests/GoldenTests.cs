using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

/// <summary>Values, gradients and training runs of PyTorch 1.13; tests/golden/torch/make_golden.py made them.</summary>
public sealed class GoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden.json"))).RootElement;

    public static TheoryData<int, string> OperatorCases
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < Golden.GetProperty("operators").GetArrayLength(); i++) data.Add(i, Golden.GetProperty("operators")[i].GetProperty("name").GetString()!);
            return data;
        }
    }

    public static TheoryData<string> Runs => [.. Golden.GetProperty("training").EnumerateArray().Select(run => run.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(OperatorCases))]
    public void Operator_GivesPyTorchsValuesAndGradients(int index, string name)
    {
        using var scope = NewDisposeScope();
        JsonElement entry = Golden.GetProperty("operators")[index];
        foreach (ScalarType type in new[] { float64, float32 })
        {
            // cross_entropy_smooth holds weights of double precision.
            if (type == float32 && name == "cross_entropy_smooth") continue;
            double tolerance = type == float64 ? 1e-10 : 2e-6;
            Tensor[] inputs = [.. entry.GetProperty("inputs").EnumerateArray().Select(e => Read(e).to(type).requires_grad_())];
            Tensor result = Operators.All[name].Run(inputs);
            Near(entry.GetProperty("output"), result, tolerance, name);
            (result * sin(arange(1, result.numel() + 1, dtype: float64)).to(type).reshape(result.shape)).sum().backward();
            for (int i = 0; i < inputs.Length; i++) Near(entry.GetProperty("gradients")[i], inputs[i].grad ?? zeros_like(inputs[i]), tolerance, $"{name} gradient {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Training_GivesPyTorchsLossesAndParameters(string name)
    {
        using var scope = NewDisposeScope();
        JsonElement run = Golden.GetProperty("training").EnumerateArray().Single(r => r.GetProperty("name").GetString() == name);
        foreach (ScalarType type in new[] { float64, float32 })
        {
            double tolerance = type == float64 ? 1e-9 : 2e-5;
            var net = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 1)).to(type);
            using (no_grad())
            {
                foreach ((var parameter, JsonElement start) in net.parameters().Zip(run.GetProperty("start").EnumerateArray())) parameter.copy_(Read(start));
            }

            Tensor x = Read(run.GetProperty("x")).to(type);
            Tensor y = Read(run.GetProperty("y")).to(type);
            var optimizer = Optimizer(name, net);
            foreach (JsonElement expected in run.GetProperty("losses").EnumerateArray())
            {
                optimizer.zero_grad();
                Tensor loss = nn.functional.mse_loss(net.call(x), y);
                loss.backward();
                optimizer.step();
                Assert.Equal(expected.GetDouble(), loss.ToDouble(), tolerance);
            }

            foreach ((var parameter, JsonElement end) in net.parameters().Zip(run.GetProperty("end").EnumerateArray())) Near(end, parameter, tolerance * 10, name);
        }
    }

    private static optim.Optimizer Optimizer(string name, nn.Module net) => name switch
    {
        "adam" => optim.Adam(net.parameters(), lr: 0.01),
        "adam_decay" => optim.Adam(net.parameters(), 0.02, 0.8, 0.99, 1e-6, 0.1),
        "adam_amsgrad" => optim.Adam(net.parameters(), 0.05, 0.5, 0.6, amsgrad: true),
        "sgd" => optim.SGD(net.parameters(), 0.1),
        "sgd_momentum" => optim.SGD(net.parameters(), 0.05, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        "sgd_nesterov" => optim.SGD(net.parameters(), 0.05, momentum: 0.9, nesterov: true),
        _ => throw new ArgumentException(name),
    };

    private static Tensor Read(JsonElement element) =>
        tensor(element.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()).ToArray(), element.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64()).ToArray());

    private static void Near(JsonElement expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64()), actual.shape);
        double[] values = actual.detach().to(float64).data<double>().ToArray();
        int i = 0;
        foreach (JsonElement value in expected.GetProperty("values").EnumerateArray())
        {
            double e = value.GetDouble();
            Assert.True(Math.Abs(e - values[i]) <= tolerance * (1 + Math.Abs(e)), $"{what}[{i}]: {values[i]} for {e}");
            i++;
        }
    }
}
