using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

public sealed class ModuleTests
{
    [Fact]
    public void Components_AreNamedByFields()
    {
        using var net = new Twin();
        Assert.Equal(["scale", "body.0.weight", "body.0.bias", "body.2.weight", "body.2.bias", "norm.weight", "norm.bias"], net.named_parameters().Select(p => p.name));
        Assert.Equal(["offset"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["body", "norm"], net.named_children().Select(c => c.name));
        Assert.Equal(["body", "norm", "body.0", "body.1", "body.2"], net.named_modules().Select(c => c.name));
        Assert.Equal(8, net.state_dict().Count);
        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));
        Assert.Equal([2L, 3], net.call(zeros(2, 4), ones(2, 3)).shape);
    }

    [Fact]
    public void State_SurvivesTheFile()
    {
        using var net = new Twin();
        using var copy = new Twin();
        string path = Path.GetTempFileName();
        try
        {
            net.save(path);
            copy.load(path);
            // Entries, then the first name, type (6: float32), rank, size and bytes, as TorchSharp writes them.
            byte[] bytes = File.ReadAllBytes(path);
            Assert.Equal([8, 5, (byte)'s', (byte)'c', (byte)'a', (byte)'l', (byte)'e', 6, 1, 3], bytes[..10]);
            Assert.Equal(net.scale[0].ToSingle(), BitConverter.ToSingle(bytes, 10));
        }
        finally
        {
            File.Delete(path);
        }

        Tensor x = rand(2, 4);
        Assert.True(equal(net.call(x, ones(2, 3)), copy.call(x, ones(2, 3))).ToBoolean());
        using var other = nn.Linear(2, 2);
        Assert.Throws<InvalidOperationException>(() => other.load_state_dict(net.state_dict()));
        (IList<string> missing, IList<string> unexpected) = other.load_state_dict(net.state_dict(), strict: false);
        Assert.Equal(2, missing.Count);
        Assert.Equal(8, unexpected.Count);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("amsgrad")]
    [InlineData("sgd")]
    public void OptimizerState_SurvivesTheFile(string kind)
    {
        using var net = new Twin();
        using var copy = new Twin();
        OptimizerHelper first = Make(kind, net, 0.02);
        OptimizerHelper second = Make(kind, copy, 0.5);
        Train(net, first, 3);
        copy.load_state_dict(net.state_dict());
        string path = Path.GetTempFileName();
        try
        {
            first.save_state_dict(path);
            second.load_state_dict(path);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal(0.02, second.ParamGroups.Single().LearningRate);
        Train(net, first, 3);
        Train(copy, second, 3);
        foreach ((Parameter a, Parameter b) in net.parameters().Zip(copy.parameters())) Assert.True(equal(a, b).ToBoolean());
        Assert.Throws<InvalidDataException>(() => Load(path, kind == "sgd" ? Make("adam", net, 1) : Make("sgd", net, 1), first));
    }

    [Fact]
    public void LearningRate_IsSetByGroup()
    {
        using var layer = nn.Linear(2, 1);
        using var adam = optim.Adam([new Adam.ParamGroup([layer.weight], lr: 0.5), new Adam.ParamGroup([layer.bias!], lr: 0.25)]);
        layer.weight.grad = ones(1, 2);
        layer.bias!.grad = ones(1);
        float weight = layer.weight[0, 0].ToSingle();
        float bias = layer.bias[0].ToSingle();
        foreach (var group in adam.ParamGroups) group.LearningRate *= 2;
        adam.step();
        // Adam's first step is the learning rate whatever the gradient.
        Assert.Equal(weight - 1, layer.weight[0, 0].ToSingle(), 1e-5f);
        Assert.Equal(bias - 0.5f, layer.bias[0].ToSingle(), 1e-5f);
    }

    [Fact]
    public void Conversion_KeepsTheParameters()
    {
        using var net = new Twin();
        Parameter scale = net.scale;
        net.to(float64);
        Assert.Same(scale, net.parameters().First());
        Assert.Equal(float64, scale.dtype);
        Assert.True(scale.requires_grad);
    }

    [Fact]
    public void Initialization_HasPyTorchsBounds()
    {
        random.manual_seed(1);
        using var layer = nn.Linear(100, 200);
        Assert.Equal(0.1f, layer.weight.abs().max().ToSingle(), 1e-3f);
        Assert.Equal(0.1 / Math.Sqrt(3), layer.weight.std().ToDouble(), 3);
        Assert.InRange(layer.bias!.abs().max().ToSingle(), 0.09f, 0.1f);
        nn.init.xavier_uniform_(layer.weight);
        Assert.Equal(Math.Sqrt(6.0 / 300), layer.weight.abs().max().ToDouble(), 3);
        nn.init.orthogonal_(layer.weight, 2);
        Assert.True(allclose(layer.weight.t().mm(layer.weight), eye(100) * 4, 1e-4, 1e-4));
        nn.init.normal_(layer.weight, 1, 2);
        Assert.Equal(2, layer.weight.std().ToDouble(), 1);
    }

    [Fact]
    public void Clipping_ScalesTheCommonNorm()
    {
        using var a = nn.Parameter(zeros(2));
        using var b = nn.Parameter(zeros(1));
        a.grad = tensor(new[] { 3f, 0 });
        b.grad = tensor(new[] { 4f });
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 1), 1e-6);
        Assert.Equal(0.6f, a.grad![0].ToSingle(), 1e-5f);
        nn.utils.clip_grad_value_([a, b], 0.7);
        Assert.Equal(0.7f, b.grad![0].ToSingle(), 1e-6f);
        nn.utils.vector_to_parameters(tensor(new[] { 1f, 2, 3 }), [a, b]);
        Assert.Equal([1f, 2, 3], nn.utils.parameters_to_vector([a, b]).data<float>().ToArray());
    }

    [Fact]
    public void Dropout_WorksInTrainingOnly()
    {
        using var layer = nn.Dropout(0.25);
        Tensor y = layer.call(ones(10_000));
        Assert.Equal(0.25, (y == 0).to(float64).mean().ToDouble(), 0.02);
        Assert.Equal(4f / 3, y.max().ToSingle(), 1e-6f);
        layer.eval();
        Assert.True(equal(layer.call(ones(10)), ones(10)).ToBoolean());
    }

    private static void Load(string path, OptimizerHelper optimizer, OptimizerHelper written)
    {
        written.save_state_dict(path);
        optimizer.load_state_dict(path);
    }

    private static OptimizerHelper Make(string kind, nn.Module net, double rate) => kind switch
    {
        "adam" => optim.Adam(net.parameters(), rate),
        "amsgrad" => optim.Adam(net.parameters(), rate, amsgrad: true),
        _ => optim.SGD(net.parameters(), rate, momentum: 0.9),
    };

    private static void Train(Twin net, OptimizerHelper optimizer, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            optimizer.zero_grad();
            net.call(arange(8, dtype: float32).reshape(2, 4) / 8, ones(2, 3)).square().mean().backward();
            optimizer.step();
        }
    }

    private sealed class Twin : nn.Module<Tensor, Tensor, Tensor>
    {
#pragma warning disable IDE0044, CS0414 // Fields are found by reflection under their names.
        internal Parameter scale = nn.Parameter(rand(3));
        private readonly Tensor offset = ones(3);
        private readonly Sequential body = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3));
        private readonly LayerNorm norm = nn.LayerNorm(3);
#pragma warning restore IDE0044, CS0414

        internal Twin()
            : base(nameof(Twin)) => RegisterComponents();

        public override Tensor forward(Tensor input1, Tensor input2) => (norm.call(body.call(input1)) * scale) + (input2 * offset);
    }
}
