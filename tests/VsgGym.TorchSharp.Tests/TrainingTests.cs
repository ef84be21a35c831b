using TorchSharp;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

public sealed class TrainingTests
{
    [Fact]
    public void Network_LearnsASmoothFunction()
    {
        random.manual_seed(3);
        using var net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1));
        using var adam = optim.Adam(net.parameters(), lr: 0.01);
        float first = 0;
        float last = 0;
        for (int step = 0; step < 300; step++)
        {
            using var scope = NewDisposeScope();
            Tensor x = rand(64, 2);
            Tensor y = (x[.., 0] * x[.., 1]).unsqueeze(1);
            Tensor loss = nn.functional.mse_loss(net.call(x), y);
            adam.zero_grad();
            loss.backward();
            adam.step();
            last = loss.ToSingle();
            if (step == 0) first = last;
        }

        Assert.True(last < 0.02 * first, $"{first} -> {last}");
    }
}
