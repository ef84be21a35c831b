using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VsgGym.Benchmarks.Learning;

/// <summary>A training step of an MLP 64-100-100-1 on one batch of 256, with a mean squared error and Adam, as plain TorchSharp.</summary>
internal sealed class Regression
{
    private readonly Sequential _model = nn.Sequential(nn.Linear(64, 100), nn.ReLU(), nn.Linear(100, 100), nn.ReLU(), nn.Linear(100, 1));
    private readonly Tensor _x = randn(256, 64);
    private readonly Tensor _y = randn(256, 1);
    private readonly Adam _adam;

    public Regression() => _adam = optim.Adam(_model.parameters());

    public void Step()
    {
        using var scope = NewDisposeScope();
        _adam.zero_grad();
        nn.functional.mse_loss(_model.forward(_x), _y).backward();
        _adam.step();
    }
}
